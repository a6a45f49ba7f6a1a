using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ServerLogFilesTests
{
    [Theory]
    [InlineData("on", "7", 7)]
    [InlineData("ON", "3", 3)]
    [InlineData("off", "7", 0)]
    [InlineData("", "7", 0)]
    public void Files_are_kept_only_while_the_download_is_on(string download, string days, int kept) =>
        Assert.Equal(kept, Only($$"""{ "parameters": { "logfiles.download_enable": "{{download}}", "logfiles.retention_days": "{{days}}" } }""").Property("keptDays").GetInt32());

    [Fact]
    public void Download_off_decides_whatever_the_retention_is() =>
        Assert.Equal(0, Only("""{ "parameters": { "logfiles.download_enable": "off", "logfiles.retention_days": { "value": { "$unknown": "why" } } } }""").Property("keptDays").GetInt32());

    [Theory]
    [InlineData("""{ "logfiles.download_enable": { "value": { "$unknown": "why" } } }""")]
    [InlineData("""{ "logfiles.retention_days": { "value": { "$unknown": "why" } } }""")]
    [InlineData("""{ "logfiles.retention_days": { "value": null } }""")]
    [InlineData("""{ "logfiles.retention_days": "many" }""")]
    public void What_is_not_known_is_no_number(string parameters) =>
        Assert.True(Only($$"""{ "parameters": {{parameters}} }""").IsUnknown("keptDays"));

    private static Resource Only(string changes) => Derivation.Only(ServerLogFiles.FacetType, changes);
}
