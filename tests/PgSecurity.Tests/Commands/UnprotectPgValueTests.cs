using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class UnprotectPgValueTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Planted = "planted-secret-078-05-1120";
    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder = new();

    public UnprotectPgValueTests(ModuleSession session)
    {
        _session = session;
        _session.Go(_folder.FullPath);
        _session.Run("New-PgEncryptionKey shop.customers.ssn ssn.json -LocalKeyFile local.json; New-PgEncryptionKey shop.customers.iban iban.json -LocalKeyFile local.json");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_and_bytes_come_back_as_they_were()
    {
        Assert.Equal(["Gr\u00fc\u00dfe", ""], _session.RunClean<string>("'Gr\u00fc\u00dfe', '' | Protect-PgValue ssn.json -LocalKeyFile local.json | Unprotect-PgValue ssn.json -LocalKeyFile local.json"));
        Assert.Equal(
            [0, 1, 255],
            _session.RunClean<byte>("$b = Protect-PgValue ssn.json -Value ([byte[]](0, 1, 255)) -AsByteArray -LocalKeyFile local.json; Unprotect-PgValue ssn.json -Value $b -LocalKeyFile local.json | ForEach-Object { $_ }"));
    }

    [Fact]
    public void What_does_not_open_is_an_error_and_the_rest_opens()
    {
        _session.Run($"$a = '{Planted}' | Protect-PgValue ssn.json -LocalKeyFile local.json; $b = 'x' | Protect-PgValue iban.json -LocalKeyFile local.json");
        IReadOnlyList<PSObject> opened = _session.Run("$a, 'no base64', $b, ($a.Substring(0, 150) + 'AAAA' + $a.Substring(154)), $a | Unprotect-PgValue ssn.json -LocalKeyFile local.json");
        Assert.Equal([Planted, Planted], opened.Select(item => (string)item.BaseObject));
        Assert.Equal(3, _session.Errors.Count);
        Assert.All(_session.Errors, error =>
        {
            Assert.StartsWith("ValueDoesNotOpen,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
            Assert.DoesNotContain("planted", error + error.Exception.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_value_opens_in_its_row_only()
    {
        _session.Run("$a = 'x' | Protect-PgValue ssn.json -Row 42 -LocalKeyFile local.json");
        Assert.Equal("x", _session.RunClean<string>("$a | Unprotect-PgValue ssn.json -Row 42 -LocalKeyFile local.json").Single());
        Assert.Empty(_session.Run("$a | Unprotect-PgValue ssn.json -Row 43 -LocalKeyFile local.json"));
        Assert.Single(_session.Errors);
    }
}
