using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class AuditLoggingTests
{
    [Theory]
    [InlineData("none", "")]
    [InlineData("", "")]
    [InlineData("ddl", "ddl")]
    [InlineData("all", "read,write,function,role,ddl,misc,misc_set")]
    [InlineData("ALL, -Misc", "read,write,function,role,ddl")]
    [InlineData("misc", "misc,misc_set")]
    [InlineData("misc,-misc_set", "misc")]
    [InlineData("all,-misc_set", "read,write,function,role,ddl,misc")]
    [InlineData("-ddl,all", "read,write,function,role,ddl,misc,misc_set")]
    [InlineData("none,role", "role")]
    [InlineData("ddl,,  role ,", "role,ddl")]
    [InlineData("everything", "")]
    [InlineData("-", "")]
    public void Classes_are_read_from_left_to_right_as_pgaudit_does(string setting, string expected)
    {
        Resource audit = Only($$"""{ "parameters": { "pgaudit.log": "{{setting}}" } }""");

        Assert.Equal(expected, string.Join(",", audit.Strings("classes")));
        Assert.Equal(expected, string.Join(",", audit.Strings("recorded")));
    }

    [Fact]
    public void What_a_minus_took_away_is_named() =>
        Assert.Equal(["role", "ddl"], Only("""{ "parameters": { "pgaudit.log": "all,-role,-ddl" } }""").Strings("excluded"));

    [Theory]
    [InlineData("""{ "azure.extensions": "pgcrypto" }""", "not allowed in azure.extensions")]
    [InlineData("""{ "shared_preload_libraries": "pg_cron" }""", "not in shared_preload_libraries")]
    [InlineData("""{ "shared_preload_libraries": { "isConfigPendingRestart": true } }""", "shared_preload_libraries waits for a restart")]
    [InlineData("""{ "azure.extensions": null, "shared_preload_libraries": "" }""", "not allowed in azure.extensions; not in shared_preload_libraries")]
    public void What_does_not_run_records_nothing(string parameters, string state)
    {
        Resource audit = Only($$"""{ "parameters": {{parameters}} }""");

        Assert.Equal(state, audit.Property("state").GetString());
        Assert.Empty(audit.Strings("recorded"));
        Assert.NotEmpty(audit.Strings("classes"));
    }

    [Fact]
    public void A_part_that_is_known_to_fail_decides_and_one_that_passes_does_not()
    {
        Resource stopped = Only("""{ "parameters": { "azure.extensions": { "value": { "$unknown": "why" } }, "shared_preload_libraries": "pg_cron" } }""");
        Resource open = Only("""{ "parameters": { "azure.extensions": { "value": { "$unknown": "why" } } } }""");

        Assert.Equal("not in shared_preload_libraries", stopped.Property("state").GetString());
        Assert.True(open.IsUnknown("state"));
        Assert.True(open.IsUnknown("recorded"));
        Assert.False(open.IsUnknown("classes"));
    }

    [Fact]
    public void Nothing_is_known_of_a_server_whose_parameters_were_refused()
    {
        Resource audit = Only($$"""{ "unavailable": { "{{FacetTypes.Configurations}}": "403" } }""");

        Assert.True(audit.IsUnknown("state"));
        Assert.True(audit.IsUnknown("recorded"));
    }

    private static Resource Only(string changes) => Derivation.Only(AuditLogging.FacetType, changes);
}
