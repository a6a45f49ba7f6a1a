using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class LogLinePrefixTests
{
    [Theory]
    [InlineData("%t-%c-", "process,session,time")]
    [InlineData("%m [%p] %q%u@%d,%a %h ", "application,database,host,process,time,user")]
    [InlineData("%%u %%d", "")]
    [InlineData("%%%u", "user")]
    [InlineData("%-10u%5%d%3p", "process,user")]
    [InlineData("%U %D %H %T", "")]
    [InlineData("100%", "")]
    [InlineData("", "")]
    public void Escapes_are_read_as_PostgreSQL_reads_them(string prefix, string expected) =>
        Assert.Equal(expected, string.Join(",", Only($$"""{ "parameters": { "log_line_prefix": "{{prefix}}" } }""").Strings("identifies").Order()));

    [Fact]
    public void A_prefix_that_is_not_known_identifies_nobody_knows_what() =>
        Assert.True(Only($$"""{ "unavailable": { "{{FacetTypes.Configurations}}": "403" } }""").IsUnknown("identifies"));

    private static Resource Only(string changes) => Derivation.Only(LogLinePrefix.FacetType, changes);
}
