using System;
using System.IO;
using System.Linq;
using PgSecurity.Database.Tls.Trust;
using Xunit;

namespace PgSecurity.Database.Tests.Tls;

public sealed class TrustSourceTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("pgsecurity-home-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData(false, ".postgresql", "HOME")]
    [InlineData(true, "postgresql", "APPDATA")]
    public void The_file_of_the_user_is_found_where_clients_look(bool isWindows, string folder, string variable)
    {
        Directory.CreateDirectory(Path.Combine(_home, folder));
        File.WriteAllText(Path.Combine(_home, folder, "root.crt"), "");
        Assert.Equal(
            ["SystemStore", "PGSSLROOTCERT", "UserFile"],
            TrustSource.OfMachine(name => name == variable ? _home : name == "PGSSLROOTCERT" ? "/elsewhere.crt" : null, isWindows).Select(source => source.Kind));
    }

    [Theory]
    [InlineData("system")]
    [InlineData("")]
    [InlineData(null)]
    public void A_variable_that_names_no_file_is_no_source(string? value) =>
        Assert.Equal(["SystemStore"], TrustSource.OfMachine(name => name == "PGSSLROOTCERT" ? value : null, false).Select(source => source.Kind));

    [Fact]
    public void A_file_that_is_named_and_not_there_fails() =>
        Assert.Equal(TlsOutcome.Fail, ClientTrust.Judge(new TrustSource("PGSSLROOTCERT", Path.Combine(_home, "none.crt")), "AzureCloud", DateTimeOffset.UtcNow).Outcome);
}
