using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class UpdatePgEncryptionKeyTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Update = "Update-PgEncryptionKey ssn.key.json -LocalKeyFile next.json -CurrentLocalKeyFile local.json";
    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder = new();

    public UpdatePgEncryptionKeyTests(ModuleSession session)
    {
        _session = session;
        _session.Go(_folder.FullPath);
        _session.Run("$key = New-PgEncryptionKey shop.customers.ssn ssn.key.json -LocalKeyFile local.json -IndexBits 12; Disconnect-PgSecurity");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Another_key_wraps_and_every_value_and_index_stays()
    {
        _session.Run("$stored = 'a secret' | Protect-PgValue ssn.key.json -LocalKeyFile local.json -WithIndex");
        EncryptionKey before = _session.RunClean<EncryptionKey>("$key").Single();
        EncryptionKey after = _session.RunClean<EncryptionKey>(Update).Single();
        Assert.Equal((before.KeyId, before.Column, before.CreatedAt), (after.KeyId, after.Column, after.CreatedAt));
        Assert.NotEqual(before.WrappingKey, after.WrappingKey);
        Assert.Equal("a secret", _session.RunClean<string>("$stored.Value | Unprotect-PgValue ssn.key.json -LocalKeyFile next.json").Single());
        Assert.Equal("True", _session.Run("(('a secret' | Protect-PgValue ssn.key.json -LocalKeyFile next.json -WithIndex).Index -eq $stored.Index).ToString()").Single().ToString());
        Assert.Equal("KeyUnusable", Id(() => _session.Run("'x' | Protect-PgValue ssn.key.json -LocalKeyFile local.json")));
        Assert.Equal(["local.json", "next.json", "ssn.key.json"], Directory.GetFiles(_folder.FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void One_file_that_is_broken_does_not_hold_up_the_others_and_keys_pipe_in()
    {
        _folder.Write("broken.key.json", "{}");
        Assert.Equal("shop.customers.ssn", Assert.Single(_session.Run("Update-PgEncryptionKey *.key.json -LocalKeyFile next.json -CurrentLocalKeyFile local.json")).Properties["Column"].Value);
        Assert.StartsWith("KeyUnusable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(_session.RunClean<EncryptionKey>("$key | Update-PgEncryptionKey -LocalKeyFile local.json -CurrentLocalKeyFile next.json"));
    }

    [Fact]
    public void What_if_writes_nothing()
    {
        string before = File.ReadAllText(Path.Combine(_folder.FullPath, "ssn.key.json"));
        Assert.Empty(_session.Run(Update + " -WhatIf"));
        Assert.Equal(before, File.ReadAllText(Path.Combine(_folder.FullPath, "ssn.key.json")));
    }

    [Theory]
    [InlineData("Update-PgEncryptionKey ssn.key.json -LocalKeyFile next.json", "ArgumentWrong")]
    [InlineData("Update-PgEncryptionKey ssn.key.json -LocalKeyFile next.json -CurrentLocalKeyFile a.json -CurrentKeyVaultKey b", "ArgumentWrong")]
    [InlineData("Update-PgEncryptionKey ssn.key.json -LocalKeyFile next.json -CurrentLocalKeyFile none.json", "KeyUnusable")]
    [InlineData("Update-PgEncryptionKey ssn.key.json -KeyVaultKey https://evil.example/keys/x", "KeyUnusable")]
    public void What_cannot_be_is_one_error_with_advice_and_changes_no_file(string script, string id)
    {
        string before = File.ReadAllText(Path.Combine(_folder.FullPath, "ssn.key.json"));
        Assert.Equal(id, Id(() => _session.Run(script)));
        Assert.Equal(before, File.ReadAllText(Path.Combine(_folder.FullPath, "ssn.key.json")));
    }

    [Fact]
    public void Without_a_token_the_session_is_asked_and_a_sandbox_has_none()
    {
        _session.Run("$null = Connect-PgSecurity -Sandbox");
        Assert.Equal("KeyUnusable", Id(() => _session.Run("New-PgEncryptionKey a.b other.json -KeyVaultKey https://contoso.vault.azure.net/keys/x")));
        Assert.Contains("sandbox has no token", _session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-AccessToken", _session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "other.json")));
        _session.Run("Disconnect-PgSecurity");
    }

    private string Id(Action run)
    {
        run();
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        return error.FullyQualifiedErrorId.Split(',')[0];
    }
}
