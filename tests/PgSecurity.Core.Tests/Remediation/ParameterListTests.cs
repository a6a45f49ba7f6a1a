using PgSecurity.Core.Remediation;
using Xunit;

namespace PgSecurity.Core.Tests.Remediation;

public class ParameterListTests
{
    private const string Classes = "none,read,write,function,role,ddl,misc,all";

    [Theory]
    [InlineData("none", "ddl,role", "ddl,role")]
    [InlineData("all", "ddl", "all")]
    [InlineData("all,-ddl", "ddl", "all")]
    [InlineData("READ, Write", "write,ddl", "READ,Write,ddl")]
    [InlineData("", "ddl", "ddl")]
    public void Members_are_added_and_nothing_stricter_is_weakened(string value, string members, string expected) =>
        Assert.Equal(expected, ParameterList.With(value, members.Split(','), Classes));

    [Fact]
    public void All_is_an_ordinary_member_where_the_parameter_has_no_such_word() =>
        Assert.Equal("all,pgaudit", ParameterList.With("all", ["pgaudit"], "pgaudit,pg_cron"));

    [Theory]
    [InlineData("md5,scram-sha-256", "MD5", "scram-sha-256", "md5,scram-sha-256")]
    [InlineData("ddl", "ddl", "none", Classes)]
    [InlineData("dblink", "dblink", "", "dblink,pgaudit")]
    public void Members_are_taken_out(string value, string members, string expected, string allowed) =>
        Assert.Equal(expected, ParameterList.Without(value, members.Split(','), allowed));
}
