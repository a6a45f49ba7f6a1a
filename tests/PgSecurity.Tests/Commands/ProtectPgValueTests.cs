using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ProtectPgValueTests : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder = new();

    public ProtectPgValueTests(ModuleSession session)
    {
        _session = session;
        _session.Go(_folder.FullPath);
        _session.Run("New-PgEncryptionKey shop.customers.ssn ssn.json -IndexBits 16 -LocalKeyFile local.json");
        Assert.Single(_session.Warnings);
        _session.Run("New-PgEncryptionKey shop.customers.iban iban.json -LocalKeyFile local.json");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Text_becomes_text_that_a_domain_takes() =>
        Assert.All(
            _session.RunClean<string>("'a', '' | Protect-PgValue ssn.json -LocalKeyFile local.json"),
            value => Assert.Matches("^(?=.{140})UEdTRQEB[A-Za-z0-9+/]+={0,2}$", value));

    [Fact]
    public void Nothing_stays_nothing()
    {
        IReadOnlyList<PSObject> output = _session.Run("Protect-PgValue ssn.json -Value $null -LocalKeyFile local.json");
        Assert.Empty(_session.Errors);
        Assert.Null(Assert.Single(output));
    }

    [Fact]
    public void Equal_values_share_an_index_and_nothing_else()
    {
        IReadOnlyList<IndexedValue> values = _session.RunClean<IndexedValue>("'a', 'a', 'b' | Protect-PgValue ssn.json -WithIndex -LocalKeyFile local.json");
        Assert.Equal(values[0].Index, values[1].Index);
        Assert.NotEqual(values[0].Value, values[1].Value);
        Assert.All(values, value => Assert.Equal(4, value.Index.Length));
    }

    [Theory]
    [InlineData("'a' | Protect-PgValue iban.json -WithIndex -LocalKeyFile local.json")]
    [InlineData("'a' | Protect-PgValue none.json -LocalKeyFile local.json")]
    [InlineData("'a' | Protect-PgValue ssn.json -LocalKeyFile none.json")]
    [InlineData("'a' | Protect-PgValue ssn.json -LocalKeyFile iban.json")]
    public void Without_its_key_nothing_is_protected(string script)
    {
        Assert.Empty(_session.Run(script));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("KeyUnusable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_number_is_not_guessed_into_text()
    {
        Assert.Empty(_session.Run("5 | Protect-PgValue ssn.json -LocalKeyFile local.json"));
        Assert.StartsWith("ValueUnfit,", _session.Errors.Single().FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
