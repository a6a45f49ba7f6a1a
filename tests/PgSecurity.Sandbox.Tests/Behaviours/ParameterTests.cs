using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

public sealed class ParameterTests
{
    private const string Parameters = TestEstate.Server + "/configurations/";
    private readonly TestEstate _estate = new();

    [Fact]
    public void A_dynamic_parameter_is_written_and_read_back()
    {
        Assert.Equal("Succeeded", _estate.Write("PATCH", Parameters + "ssl_min_protocol_version", """{"properties":{"value":"TLSv1.3","source":"user-override"}}"""));
        JsonObject read = _estate.Get(Parameters + "ssl_min_protocol_version");
        Assert.Equal("TLSv1.3", read.Text("properties", "value"));
        Assert.Equal("user-override", read.Text("properties", "source"));
        Assert.False(read.IsTrue("properties", "isConfigPendingRestart"));
    }

    [Fact]
    public void The_old_value_stands_until_the_operation_has_ended()
    {
        SandboxResponse accepted = _estate.Send("PUT", Parameters + "ssl_min_protocol_version", """{"properties":{"value":"TLSv1.3"}}""");
        Assert.Equal("InProgress", _estate.Poll(accepted).Text("status"));
        Assert.Equal("TLSv1.2", _estate.Value("ssl_min_protocol_version"));
        Assert.Equal("Succeeded", _estate.End(accepted));
        Assert.Equal("TLSv1.3", _estate.Value("ssl_min_protocol_version"));
    }

    [Fact]
    public void A_static_parameter_waits_for_a_restart()
    {
        Assert.Equal("Succeeded", _estate.Write("PATCH", Parameters + "shared_preload_libraries", """{"properties":{"value":"pg_cron,pgaudit"}}"""));
        Assert.True(_estate.Get(Parameters + "shared_preload_libraries").IsTrue("properties", "isConfigPendingRestart"));
        Assert.Equal("Succeeded", _estate.Write("POST", TestEstate.Server + "/restart", "{}"));
        Assert.False(_estate.Get(Parameters + "shared_preload_libraries").IsTrue("properties", "isConfigPendingRestart"));
        Assert.Equal("pg_cron,pgaudit", _estate.Value("shared_preload_libraries"));
    }

    [Theory]
    [InlineData("ssl", "off", "Failed OperationFailed")]
    [InlineData("require_secure_transport", "maybe", "Failed InvalidConfigurationValue")]
    [InlineData("ssl_min_protocol_version", "TLSv1.0", "Failed InvalidConfigurationValue")]
    [InlineData("pgaudit.log", "role,everything", "Failed InvalidConfigurationValue")]
    [InlineData("statement_timeout", "-5", "Failed InvalidConfigurationValue")]
    [InlineData("statement_timeout", "soon", "Failed InvalidConfigurationValue")]
    [InlineData("log_retention_days", "7", "Failed ConfigurationNotExists")]
    public void What_the_service_refuses_is_accepted_and_then_fails(string name, string value, string end)
    {
        string? before = name == "log_retention_days" ? null : _estate.Value(name);
        Assert.Equal(end, _estate.Write("PATCH", Parameters + name, $$"""{"properties":{"value":"{{value}}"} }"""));
        if (before is not null) Assert.Equal(before, _estate.Value(name));
    }

    [Fact]
    public void A_read_only_parameters_failure_says_nothing()
    {
        SandboxResponse accepted = _estate.Send("PATCH", Parameters + "ssl", """{"properties":{"value":"off"}}""");
        Assert.Equal("{0}", _estate.Poll(accepted).Text("error", "message"));
    }

    [Fact]
    public void The_preview_succeeds_and_changes_no_static_parameter()
    {
        const string Preview = "?api-version=2026-01-01-preview";
        Assert.Equal("Succeeded", _estate.Write("PATCH", Parameters + "shared_preload_libraries" + Preview, """{"properties":{"value":"pgaudit"}}"""));
        Assert.Equal("pg_cron,pg_stat_statements", _estate.Value("shared_preload_libraries"));
        Assert.Equal("Succeeded", _estate.Write("PATCH", Parameters + "pgaudit.log" + Preview, """{"properties":{"value":"all"}}"""));
        Assert.Equal("all", _estate.Value("pgaudit.log"));
    }

    [Fact]
    public void An_empty_put_resets_nothing_and_a_reset_keeps_the_source()
    {
        Assert.Equal("Failed InternalServerError", _estate.Write("PUT", Parameters + "pgaudit.log", "{}"));
        _estate.Write("PATCH", Parameters + "pgaudit.log", """{"properties":{"value":"all"}}""");
        Assert.Equal("Succeeded", _estate.Write("PATCH", Parameters + "pgaudit.log", """{"properties":{"value":"none","source":"system-default"}}"""));
        Assert.Equal("none", _estate.Value("pgaudit.log"));
        Assert.Equal("user-override", _estate.Get(Parameters + "pgaudit.log").Text("properties", "source"));
    }

    [Fact]
    public void A_stopped_server_does_not_tell_its_parameters()
    {
        Assert.Equal("Succeeded", _estate.Write("POST", TestEstate.Server + "/stop"));
        SandboxResponse refused = _estate.Send("GET", TestEstate.Server + "/configurations");
        Assert.Equal(400, refused.Status);
        Assert.Equal("ServerStoppedError", refused.Json!.AsObject().Text("error", "code"));
        Assert.Equal("Failed ServerStoppedError", _estate.Write("PATCH", Parameters + "pgaudit.log", """{"properties":{"value":"all"}}"""));
        Assert.Equal("Failed ServerIsNotReady", _estate.Write("POST", TestEstate.Server + "/restart"));
        Assert.Equal("Succeeded", _estate.Write("POST", TestEstate.Server + "/start"));
        Assert.Equal(200, _estate.Send("GET", TestEstate.Server + "/configurations").Status);
    }

    [Fact]
    public void An_upgrade_takes_parameters_away_and_brings_others()
    {
        _estate.Write("PATCH", Parameters + "pgaudit.log", """{"properties":{"value":"all"}}""");
        Assert.Equal("Succeeded", _estate.Write("PATCH", TestEstate.Server, """{"properties":{"version":"18"}}"""));
        string[] names = _estate.Get(TestEstate.Server + "/configurations")["value"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()).ToArray();
        Assert.DoesNotContain("connection_throttle.enable", names);
        Assert.Contains("md5_password_warnings", names);
        Assert.Equal("all", _estate.Value("pgaudit.log"));
        Assert.Equal("Failed InvalidParameterValue", _estate.Write("PATCH", TestEstate.Server, """{"properties":{"version":"16"}}"""));
    }

    [Fact]
    public void A_default_that_is_no_longer_allowed_cannot_be_written()
    {
        _estate.Arm.Edit(Parameters + "pgaudit.log", body => body["properties"]!["allowedValues"] = "read,write");
        Assert.Equal("Failed InvalidConfigurationValue", _estate.Write("PATCH", Parameters + "pgaudit.log", """{"properties":{"value":"none"}}"""));
    }
}
