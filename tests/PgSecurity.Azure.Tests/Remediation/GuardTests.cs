using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Targets;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Each guard in both directions, and where it cannot tell.</summary>
public sealed class GuardTests
{
    private const string Administrators = "Microsoft.DBforPostgreSQL/flexibleServers/administrators";
    private const string Connections = "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections";
    private const string Rules = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules";

    public static TheoryData<string, string, string, string?> PublicAccess() => new()
    {
        { "an approved connection", Open(), "connectivityLoss", null },
        { "no connection", Open($"\"facets\": {{ \"{Connections}\": [] }}"), "otherWayIn", "No approved private endpoint" },
        { "connections unknown", Open($"\"unavailable\": {{ \"{Connections}\": \"403\" }}"), "otherWayIn", "cannot be told" },
    };

    [Theory]
    [MemberData(nameof(PublicAccess))]
    public void Public_access_goes_off_only_with_another_way_in(string name, string posture, string guard, string? reason)
    {
        _ = name;
        AssertGuard(Plan(posture, Network("Disabled")), guard, reason);
    }

    [Fact]
    public void Public_access_goes_on_unasked_and_is_fixed_in_a_virtual_network()
    {
        Assert.Empty(Plan("{}", Network("Enabled")).Verdicts);
        AssertGuard(
            Plan("""{ "server": { "properties": { "network": { "delegatedSubnetResourceId": "/subscriptions/x/y" } } } }""", Network("Enabled")),
            "otherWayIn",
            "virtual network");
    }

    [Fact]
    public void Passwords_go_off_only_where_a_person_can_come_in_through_Entra()
    {
        const string On = "\"server\": { \"properties\": { \"authConfig\": { \"passwordAuth\": \"Enabled\", \"activeDirectoryAuth\": \"Enabled\" } } }";
        ServerId server = OneServer.Posture("{}").Id;
        ServerChange off = Authentication(server, "passwordAuth", "Disabled");
        AssertGuard(Plan($"{{ {On} }}", off), "connectivityLoss", null);
        AssertGuard(Plan($"{{ {On}, \"facets\": {{ \"{Administrators}\": [] }} }}", off), "entraAdministrator", "no Entra administrator");
        AssertGuard(Plan($"{{ {On}, \"unavailable\": {{ \"{Administrators}\": \"403\" }} }}", off), "entraAdministrator", "cannot be told");
        AssertGuard(Plan($"{{ {On}, \"facets\": {{ \"{Administrators}\": [ {{ \"name\": \"a\", \"properties\": {{ \"principalType\": \"ServicePrincipal\" }} }} ] }} }}", off), "entraAdministrator", "services");
        AssertGuard(
            Plan("""{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled", "activeDirectoryAuth": "Disabled" } } } }""", off),
            "entraAdministrator",
            "Entra authentication is not on");
    }

    [Theory]
    [InlineData("storage", """{ "storage": { "storageSizeGB": 128 } }""", """{ "storage": { "storageSizeGB": 256 } }""", "Storage never shrinks")]
    [InlineData("storage", """{ "storage": { "storageSizeGB": 128 } }""", """{ "storage": { "autoGrow": "Enabled" } }""", null)]
    [InlineData("dataEncryption", """{ "dataEncryption": { "geoBackupKeyURI": null } }""", """{ "dataEncryption": { "geoBackupKeyURI": "https://kv-a.vault.azure.net/keys/k" } }""", "not left without one again")]
    [InlineData("dataEncryption", """{ "dataEncryption": { "type": "AzureKeyVault", "geoBackupKeyURI": "https://kv-a.vault.azure.net/keys/k" } }""", """{ "dataEncryption": { "geoBackupKeyURI": "https://kv-a.vault.azure.net/keys/other" } }""", null)]
    public void What_the_service_does_not_take_back_needs_consent(string concern, string now, string wanted, string? reason)
    {
        JsonObject patch = new() { ["properties"] = JsonNode.Parse(wanted) };
        string posture = $$"""{ "server": { "properties": {{now}} } }""";
        ServerChange change = new(OneServer.Posture(posture).Id, concern, patch);

        IEnumerable<GuardVerdict> oneWay = Plan(posture, change).Verdicts.Where(verdict => verdict.Guard == "oneWay");

        if (reason is null) Assert.Empty(oneWay);
        else Assert.Contains(reason, Assert.Single(oneWay).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Entra_goes_off_only_where_passwords_are_on()
    {
        ServerId server = OneServer.Posture("{}").Id;
        ServerChange off = Authentication(server, "activeDirectoryAuth", "Disabled");
        AssertGuard(Plan("{}", off), "entraAdministrator", "nobody could log in");
        AssertGuard(Plan("""{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }""", off), "connectivityLoss", null);
    }

    [Fact]
    public void The_last_person_among_the_administrators_stays_while_passwords_are_off()
    {
        Posture posture = OneServer.Posture("{}");
        Resource last = Assert.Single(posture.FacetOf(FacetTypes.Administrators).Resources);
        ResourceDelete delete = new(posture.Id, FacetTypes.Administrators, last.Id, last.Name);
        const string NoLocks = "\"facets\": { \"Microsoft.Authorization/locks\": [] }";
        AssertGuard(Plan($"{{ {NoLocks} }}", delete), "lastEntraAdministrator", "no person or group");
        Assert.Empty(Plan($"{{ {NoLocks}, \"server\": {{ \"properties\": {{ \"authConfig\": {{ \"passwordAuth\": \"Enabled\" }} }} }} }}", delete).Verdicts);
    }

    [Fact]
    public void Only_scram_needs_to_know_that_no_role_has_an_md5_password()
    {
        ServerId server = OneServer.Posture("{}").Id;
        ParameterChange scram = ParameterChange.Set(server, "azure.accepted_password_auth_method", "scram-sha-256");
        const string Accepted = "\"parameters\": { \"azure.accepted_password_auth_method\": \"md5,scram-sha-256\" }";
        const string On = "\"server\": { \"properties\": { \"authConfig\": { \"passwordAuth\": \"Enabled\" } } }";
        AssertGuard(Judge(WithRoles(Build($"{{ {Accepted}, {On} }}"), null), scram), "noMd5Roles", "cannot be told");
        AssertGuard(Judge(Build($"{{ {Accepted}, {On} }}").With(Facet.NotCollected("PgSecurity/passwordKinds")), scram), "noMd5Roles", "cannot be told");
        Assert.Empty(Plan($"{{ {Accepted} }}", scram).Verdicts);
        AssertGuard(Judge(WithRoles(Build($"{{ {Accepted}, {On} }}"), "MD5"), scram), "noMd5Roles", "app");
        AssertGuard(Judge(WithRoles(Build($"{{ {Accepted}, {On} }}"), "SCRAM-256"), scram), "connectivityLoss", null);
    }

    [Fact]
    public void A_rule_that_somebody_comes_in_by_needs_consent_and_the_callers_own_stays()
    {
        const string Two = "{ \"server\": { \"properties\": { \"network\": { \"publicNetworkAccess\": \"Enabled\" } } }, \"facets\": { \"Microsoft.Authorization/locks\": [], \"" + Rules + "\": [ "
            + "{ \"name\": \"wide\", \"properties\": { \"startIpAddress\": \"198.51.100.0\", \"endIpAddress\": \"198.51.100.255\" } }, "
            + "{ \"name\": \"inside\", \"properties\": { \"startIpAddress\": \"198.51.100.7\", \"endIpAddress\": \"198.51.100.7\" } } ] } }";
        ServerId server = OneServer.Posture("{}").Id;
        ResourceDelete wide = new(server, FacetTypes.FirewallRules, server.Value + "/firewallRules/wide", "wide");
        ResourceDelete inside = new(server, FacetTypes.FirewallRules, server.Value + "/firewallRules/inside", "inside");

        AssertGuard(Plan(Two, wide), "connectivityLoss", "255 addresses");
        AssertGuard(Plan(Two, wide, "198.51.100.9"), "callerAddress", "lock yourself out");
        AssertGuard(Plan(Two, wide, "198.51.100.7"), "connectivityLoss", null);
        Assert.Empty(Plan(Two, inside, "198.51.100.7").Verdicts);
        Assert.Empty(Plan(Two.Replace("Enabled", "Disabled", StringComparison.Ordinal), wide).Verdicts);
    }

    [Fact]
    public void Clients_without_the_wanted_tls_need_consent()
    {
        ServerId server = OneServer.Posture("{}").Id;
        AssertGuard(Plan("""{ "parameters": { "require_secure_transport": "off" } }""", ParameterChange.Set(server, "require_secure_transport", "on")), "connectivityLoss", null);
        AssertGuard(Plan("""{ "parameters": { "ssl_min_protocol_version": "TLSv1.2" } }""", ParameterChange.Set(server, "ssl_min_protocol_version", "TLSv1.3")), "connectivityLoss", "TLSv1.3");
        Assert.Empty(Plan("{}", ParameterChange.Set(server, "ssl_min_protocol_version", "TLSv1.2")).Verdicts);
    }

    [Fact]
    public void High_availability_costs_and_is_not_for_burstable_servers()
    {
        ServerId server = OneServer.Posture("{}").Id;
        ServerChange zones = Property(server, "highAvailability", "mode", "ZoneRedundant");
        const string Without = "\"properties\": { \"highAvailability\": { \"mode\": \"Disabled\" } }";
        AssertGuard(Plan($"{{ \"server\": {{ {Without} }} }}", zones), "cost", null);
        AssertGuard(Plan($"{{ \"server\": {{ \"sku\": {{ \"tier\": \"Burstable\" }}, {Without} }} }}", zones), "highAvailability", "Burstable");
    }

    [Fact]
    public void A_shorter_retention_needs_consent_and_what_is_fixed_at_creation_is_refused()
    {
        ServerId server = OneServer.Posture("{}").Id;
        const string Thirty = """{ "server": { "properties": { "backup": { "backupRetentionDays": 30, "geoRedundantBackup": "Disabled" } } } }""";
        AssertGuard(Plan(Thirty, Property(server, "backup", "backupRetentionDays", 14)), "recoveryPoints", "30");
        Assert.Empty(Plan(Thirty, Property(server, "backup", "backupRetentionDays", 35)).Verdicts);
        AssertGuard(Plan(Thirty, Property(server, "backup", "backupRetentionDays", 90)), "retention", "7 to 35");
        AssertGuard(Plan(Thirty, Property(server, "backup", "geoRedundantBackup", "Enabled")), "fixedAtCreation", "Restore");
    }

    [Fact]
    public void Locks_stopped_servers_and_values_that_are_not_allowed_are_refused()
    {
        Posture posture = OneServer.Posture("{}");
        ParameterChange logging = ParameterChange.Set(posture.Id, "log_error_verbosity", "loud");
        AssertGuard(Plan("{}", logging), "parameter", "allowed are");
        ParameterChange library = ParameterChange.List(posture.Id, "shared_preload_libraries", new[] { "no_such_library" }, add: true);
        AssertGuard(Plan("{}", library), "parameter", "no_such_library");
        AssertGuard(
            Plan("""{ "server": { "properties": { "state": "Stopped" } } }""", ParameterChange.Set(posture.Id, "log_error_verbosity", "terse")), "serverState", "Stopped");
        AssertGuard(
            Plan("""{ "resources": { "Microsoft.Authorization/locks": { "do-not-delete": { "properties": { "level": "ReadOnly" } } } } }""", ParameterChange.Set(posture.Id, "log_error_verbosity", "terse")),
            "lock",
            "ReadOnly");
    }

    [Fact]
    public void A_control_is_repaired_as_a_whole_or_not_at_all()
    {
        const string SameZone = """{ "server": { "properties": { "highAvailability": { "mode": "SameZone" } } } }""";
        ChangePlan plan = PlanControls(SameZone, Consents.None, "BCK-001");
        Assert.NotEmpty(plan.Items);
        Assert.All(plan.Items, item => Assert.NotEmpty(item.Refusal));
        Assert.All(PlanControls(SameZone, RoadFixture.Everything, "BCK-001").Items, item => Assert.Empty(item.Refusal));
    }

    [Fact]
    public void A_parameter_that_nobody_chose_is_asked_for_by_name()
    {
        ChangePlan plan = PlanControls("""{ "facets": { "Microsoft.Insights/diagnosticSettings": [] } }""", RoadFixture.Everything, "LOG-001");
        Assert.Empty(plan.Items);
        Assert.Contains("'logAnalyticsWorkspaceId'", Assert.Single(plan.Unplanned).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_grow_and_a_stricter_value_stays()
    {
        ChangePlan lists = PlanControls("""{ "parameters": { "shared_preload_libraries": "pg_cron" } }""", RoadFixture.Everything, "LOG-003", "DAT-019");
        ChangeItem libraries = Assert.Single(lists.Items, item => item.Change.Name == "shared_preload_libraries");
        Assert.Equal("pg_cron,anon,pgaudit", ParameterChange.ValueOf(libraries.Body!));
        Assert.Single(lists.Items, item => item.Change is Restart);

        ChangePlan words = PlanControls(
            """{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } }, "parameters": { "credcheck.password_min_digit": "3", "credcheck.password_min_lower": "0" } }""", RoadFixture.Everything, "IDN-013");
        Assert.True(words.Items.Count == 1, string.Join("; ", words.Unplanned.Select(one => one.Reason)));
        ChangeItem lower = words.Items[0];
        Assert.Equal("credcheck.password_min_lower", lower.Change.Name);
    }

    private static string Open(string more = "") =>
        "{ \"server\": { \"properties\": { \"network\": { \"publicNetworkAccess\": \"Enabled\" } } }" + (more.Length > 0 ? ", " + more : "") + " }";

    private static Posture Build(string posture) => OneServer.Posture(posture);

    private static ServerChange Network(string value) => Property(OneServer.Posture("{}").Id, "network", "publicNetworkAccess", value);

    private static ServerChange Authentication(ServerId server, string member, string value) => Property(server, "authConfig", member, value);

    private static ServerChange Property(ServerId server, string concern, string member, JsonNode value) =>
        new(server, concern, new JsonObject { ["properties"] = new JsonObject { [concern] = new JsonObject { [member] = value } } });

    private static Posture WithRoles(Posture posture, string? passwordType)
    {
        JsonObject role = new() { ["id"] = posture.Id.Value + "/roles/app", ["name"] = "app", ["properties"] = new JsonObject { ["kind"] = passwordType } };
        return posture.With(new Facet(
            "PgSecurity/passwordKinds", new[] { new Resource(posture.Id.Value + "/roles/app", "PgSecurity/passwordKinds", "app", System.Text.Json.JsonSerializer.SerializeToElement(role)) }));
    }

    private static ChangeItem Plan(string posture, TargetChange change, string? caller = null) => Judge(Build(posture), change, caller);

    private static ChangeItem Judge(Posture posture, TargetChange change, string? caller = null) =>
        new ChangePlanner(new PlanOptions { CallerAddress = caller }).Plan(posture, new[] { new ChangeItem(change, Array.Empty<string>()) }).Items[0];

    private static ChangePlan PlanControls(string posture, Consents consents, params string[] ids)
    {
        Posture server = Build(posture);
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(ControlSettings.None, ids);
        return new ChangePlanner(new PlanOptions { Consents = consents }).Plan(server, controls, new Evaluator(controls).Evaluate(server).ToList());
    }

    private static void AssertGuard(ChangeItem item, string guard, string? reason)
    {
        Assert.NotEmpty(item.Refusal);
        GuardVerdict verdict = Assert.Single(item.Verdicts, verdict => verdict.Guard == guard);
        if (reason is not null) Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
    }
}
