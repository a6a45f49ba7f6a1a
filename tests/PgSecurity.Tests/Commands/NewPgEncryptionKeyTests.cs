using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class NewPgEncryptionKeyTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private const string New = "New-PgEncryptionKey shop.customers.ssn ssn.json -LocalKeyFile local.json";
    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_is_written_wrapped()
    {
        _session.Go(_folder.FullPath);
        EncryptionKey key = _session.RunClean<EncryptionKey>(New).Single();
        Assert.Equal(("shop.customers.ssn", 32, 0), (key.Column, key.KeyId.Length, key.IndexBits));
        Assert.StartsWith("file:", key.WrappingKey, StringComparison.Ordinal);
        Assert.Contains(key.KeyId, File.ReadAllText(key.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_writes_nothing()
    {
        _session.Go(_folder.FullPath);
        Assert.Empty(_session.Run(New + " -WhatIf"));
        Assert.Empty(Directory.GetFiles(_folder.FullPath));
    }

    [Theory]
    [InlineData(New, "KeyFileExists")]
    [InlineData("New-PgEncryptionKey a.b other.json -LocalKeyFile ssn.json", "KeyUnusable")]
    [InlineData("New-PgEncryptionKey a.b other.json -LocalKeyFile local.json -IndexBits 2", "IndexBitsUnfit")]
    [InlineData("New-PgEncryptionKey a.b other.json -KeyVaultKey https://evil.example/keys/x -AccessToken $token", "KeyUnusable")]
    public void What_cannot_be_is_one_error_with_advice(string script, string id)
    {
        _session.Go(_folder.FullPath);
        _session.Run(New);
        System.Security.SecureString token = new();
        token.AppendChar('t');
        _session.Set("token", token);
        Assert.Empty(_session.Run(script));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "other.json")));
    }
}
