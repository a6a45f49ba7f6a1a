using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

public sealed class ServerTests
{
    private const string Server = TestEstate.Server;
    private const string Replica = TestEstate.Group + "/providers/Microsoft.DBforPostgreSQL/flexibleServers/db2";
    private const string NewReplica = """{"location":"uksouth","properties":{"createMode":"Replica","sourceServerResourceId":"SOURCE"}}""";
    private readonly TestEstate _estate = new();

    [Fact]
    public void A_second_write_is_accepted_and_then_fails_as_busy()
    {
        SandboxResponse first = _estate.Send("PATCH", Server, """{"properties":{"backup":{"backupRetentionDays":14}}}""");
        SandboxResponse second = _estate.Send("PATCH", Server + "/configurations/pgaudit.log", """{"properties":{"value":"all"}}""");
        Assert.Equal(202, second.Status);
        Assert.Equal("ServerIsBusy", _estate.Poll(second).Text("error", "code"));
        Assert.Equal("Updating", _estate.Get(Server).Text("properties", "state"));
        Assert.Equal("Succeeded", _estate.End(first));
        Assert.Equal("none", _estate.Value("pgaudit.log"));
        Assert.Equal(14, _estate.Get(Server).Whole("properties", "backup", "backupRetentionDays"));
    }

    [Fact]
    public void Busy_has_several_spellings()
    {
        TestEstate estate = new(options => options.Quirks.ManyBusySpellings = true);
        estate.Send("PATCH", Server, """{"properties":{"backup":{"backupRetentionDays":14}}}""");
        string[] codes = Enumerable.Range(0, 40)
            .Select(_ => estate.Poll(estate.Send("PATCH", Server + "/configurations/pgaudit.log", """{"properties":{"value":"all"}}""")).Text("error", "code")!)
            .Distinct().OrderBy(code => code, StringComparer.Ordinal).ToArray();
        Assert.Equal(new[] { string.Empty, "ProvisioningServerBusy", "ServerBusy", "ServerIsBusy" }, codes);
    }

    [Fact]
    public void A_server_may_stay_busy_after_success()
    {
        TestEstate estate = new(options => options.Quirks.BusyAfterSuccess = TimeSpan.FromMinutes(15));
        Assert.Equal("Succeeded", estate.Write("PATCH", Server, """{"properties":{"backup":{"backupRetentionDays":14}}}"""));
        Assert.Equal("Failed ServerIsBusy", estate.Write("PATCH", Server + "/configurations/pgaudit.log", """{"properties":{"value":"all"}}"""));
        Assert.Equal("Succeeded", estate.Write("PATCH", Server + "/configurations/pgaudit.log", """{"properties":{"value":"all"}}"""));
    }

    [Fact]
    public void Firewall_rules_run_beside_each_other_and_nothing_else_does()
    {
        SandboxResponse first = _estate.Send("PUT", Server + "/firewallRules/a", """{"properties":{"startIpAddress":"1.2.3.4","endIpAddress":"1.2.3.4"}}""");
        SandboxResponse second = _estate.Send("PUT", Server + "/firewallRules/b", """{"properties":{"startIpAddress":"0.0.0.0","endIpAddress":"0.0.0.0"}}""");
        SandboxResponse third = _estate.Send("PUT", Server + "/databases/x", """{"properties":{"charset":"utf8"}}""");
        Assert.Equal("ServerIsBusy", _estate.Poll(third).Text("error", "code"));
        Assert.Equal("Succeeded", _estate.End(first));
        Assert.Equal("Succeeded", _estate.End(second));
        Assert.Equal(2, _estate.Get(Server + "/firewallRules")["value"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("1.2.3", "1.2.3.4")]
    [InlineData("::1", "::1")]
    [InlineData("9.9.9.9", "1.2.3.4")]
    public void A_rule_that_is_no_range_of_IPv4_fails(string first, string last) =>
        Assert.Equal(
            "Failed InvalidParameterValue",
            _estate.Write("PUT", Server + "/firewallRules/a", $$"""{"properties":{"startIpAddress":"{{first}}","endIpAddress":"{{last}}"} }"""));

    [Fact]
    public void Storage_drops_the_retention_that_comes_with_it()
    {
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, """{"properties":{"storage":{"storageSizeGB":256},"backup":{"backupRetentionDays":35}}}"""));
        JsonObject read = _estate.Get(Server);
        Assert.Equal(256, read.Whole("properties", "storage", "storageSizeGB"));
        Assert.Equal(7, read.Whole("properties", "backup", "backupRetentionDays"));
        Assert.Equal("Failed InvalidParameterValue", _estate.Write("PATCH", Server, """{"properties":{"storage":{"storageSizeGB":128}}}"""));
    }

    [Theory]
    [InlineData("""{"properties":{"backup":{"backupRetentionDays":6}}}""", "Failed InvalidParameterValue")]
    [InlineData("""{"properties":{"backup":{"backupRetentionDays":36}}}""", "Failed InvalidParameterValue")]
    [InlineData("""{"properties":{"backup":{"geoRedundantBackup":"Enabled"}}}""", "Failed InvalidParameterValue")]
    [InlineData("""{"properties":{"network":{"publicNetworkAccess":"Perhaps"}}}""", "Failed InvalidParameterValue")]
    [InlineData("""{"properties":{"network":{"delegatedSubnetResourceId":"/subscriptions/x/subnets/y"}}}""", "Failed InvalidParameterValue")]
    [InlineData("""{"properties":{"dataEncryption":{"type":"AzureKeyVault"}}}""", "Failed CMKInvalidEncryptionParameters")]
    [InlineData("""{"properties":{"administratorLogin":"other"}}""", "Failed InvalidParameterValue")]
    [InlineData("""{"sku":{"name":"Standard_B1ms","tier":"GeneralPurpose"}}""", "Failed ServerEditionIncompatibleWithSkuSize")]
    [InlineData("""{"sku":{"name":"Standard_B1ms","tier":"Burstable"},"properties":{"highAvailability":{"mode":"ZoneRedundant"}}}""", "Failed ")]
    public void What_cannot_be_changed_is_accepted_and_then_fails(string patch, string end)
    {
        string before = _estate.Get(Server).ToJsonString();
        Assert.Equal(end, _estate.Write("PATCH", Server, patch));
        Assert.Equal(before, _estate.Get(Server).ToJsonString());
    }

    [Fact]
    public void Values_come_back_in_the_services_spelling()
    {
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, """{"properties":{"network":{"publicNetworkAccess":"disabled"},"maintenanceWindow":{"customWindow":"enabled","dayOfWeek":3}}}"""));
        JsonObject read = _estate.Get(Server);
        Assert.Equal("Disabled", read.Text("properties", "network", "publicNetworkAccess"));
        Assert.Equal("Enabled", read.Text("properties", "maintenanceWindow", "customWindow"));
        Assert.Equal("UK South", read.Text("location"));
    }

    [Fact]
    public void High_availability_becomes_healthy_and_cannot_come_with_a_new_tier()
    {
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, """{"properties":{"highAvailability":{"mode":"ZoneRedundant"}}}"""));
        Assert.Equal("Healthy", _estate.Get(Server).Text("properties", "highAvailability", "state"));
        _estate.Write("PATCH", Server, """{"properties":{"highAvailability":{"mode":"Disabled"}}}""");
        _estate.Write("PATCH", Server, """{"sku":{"name":"Standard_B1ms","tier":"Burstable"}}""");
        Assert.Equal("Failed ", _estate.Write("PATCH", Server, """{"sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},"properties":{"highAvailability":{"mode":"SameZone"}}}"""));
    }

    [Fact]
    public void Passwords_off_hides_the_login_and_passwords_on_needs_it_again()
    {
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, """{"properties":{"authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Disabled"}}}"""));
        JsonObject read = _estate.Get(Server);
        Assert.Null(read.Text("properties", "administratorLogin"));
        Assert.NotNull(read.Text("properties", "authConfig", "tenantId"));
        Assert.Equal("Failed EngineCredentialsNotProvided", _estate.Write("PATCH", Server, """{"properties":{"authConfig":{"passwordAuth":"Enabled"}}}"""));
        Assert.Equal("Failed InvalidParameterValue", _estate.Write("PATCH", Server, """{"properties":{"administratorLogin":"else","administratorLoginPassword":"x","authConfig":{"passwordAuth":"Enabled"}}}"""));
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, """{"properties":{"administratorLogin":"pgadmin","administratorLoginPassword":"x","authConfig":{"passwordAuth":"Enabled"}}}"""));
        Assert.Equal("pgadmin", _estate.Get(Server).Text("properties", "administratorLogin"));
        Assert.DoesNotContain("administratorLoginPassword", _estate.Get(Server).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Administrators_are_refused_for_minutes_after_a_change_of_authentication()
    {
        const string Administrator = Server + "/administrators/8816a93c-dff7-45d0-8b64-4a2db756069b";
        const string Body = """{"properties":{"principalName":"dba","principalType":"Group"}}""";
        Assert.Equal(400, _estate.Send("GET", Server + "/administrators").Status);
        SandboxResponse change = _estate.Send("PATCH", Server, """{"properties":{"authConfig":{"activeDirectoryAuth":"Enabled"}}}""");
        _estate.Arm.Clock.Advance(TimeSpan.FromMinutes(3));
        _estate.Poll(change);
        SandboxResponse early = _estate.Send("PUT", Administrator, Body);
        Assert.Equal("AadAuthOperationCannotBePerformedWhenServerIsNotAccessible", _estate.Poll(early).Text("error", "code"));
        _estate.Arm.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("Succeeded", _estate.Write("PUT", Administrator, Body));
        Assert.Equal("dba", _estate.Get(Administrator).Text("name"));
        Assert.Equal("Failed AadAuthPrincipalUpdateNotSupported", _estate.Write("PUT", Administrator, """{"properties":{"principalName":"other","principalType":"Group"}}"""));
        Assert.Equal("Succeeded", _estate.Write("DELETE", Administrator));
        Assert.Equal(404, _estate.Send("GET", Administrator).Status);
        Assert.Equal(204, _estate.Send("DELETE", Administrator).Status);
    }

    [Fact]
    public void A_new_replica_busies_its_primary_and_is_listed_as_a_stub()
    {
        SandboxResponse accepted = _estate.Send("PUT", Replica, NewReplica.Replace("SOURCE", Server, StringComparison.Ordinal));
        Assert.Equal("Updating", _estate.Get(Server).Text("properties", "state"));
        Assert.Equal("ServerIsBusy", _estate.Poll(_estate.Send("PATCH", Server, """{"tags":{"a":"b"}}""")).Text("error", "code"));
        Assert.Equal(404, _estate.Send("GET", Replica).Status);
        Assert.Equal("Succeeded", _estate.End(accepted));
        JsonObject replica = _estate.Get(Replica);
        Assert.Equal("AsyncReplica", replica.Text("properties", "replicationRole"));
        Assert.Equal("Enabled", replica.Text("properties", "network", "publicNetworkAccess"));
        JsonObject stub = _estate.Get(Server + "/replicas")["value"]![0]!.AsObject();
        Assert.Equal(string.Empty, stub.Text("sku", "name"));
        Assert.Equal("Disabled", stub.Text("properties", "network", "publicNetworkAccess"));

        SandboxResponse onReplica = _estate.Send("PATCH", Replica + "/configurations/pgaudit.log", """{"properties":{"value":"all"}}""");
        Assert.Equal("ServerIsBusy", _estate.Poll(_estate.Send("PATCH", Server, """{"tags":{"a":"b"}}""")).Text("error", "code"));
        Assert.Equal("Succeeded", _estate.End(onReplica));
    }

    [Fact]
    public void A_promotion_makes_a_primary_and_a_switchover_needs_its_source()
    {
        _estate.Write("PUT", Replica, NewReplica.Replace("SOURCE", Server, StringComparison.Ordinal));
        Assert.Equal("Failed MissingRequiredParameter", _estate.Write("PATCH", Replica, """{"properties":{"replica":{"role":"Primary","promoteMode":"Switchover","promoteOption":"Planned"}}}"""));
        Assert.Equal("Succeeded", _estate.Write("PATCH", Replica, """{"properties":{"replica":{"role":"Primary","promoteMode":"Standalone","promoteOption":"Planned"}}}"""));
        Assert.Equal("Primary", _estate.Get(Replica).Text("properties", "replica", "role"));
        Assert.Empty(_estate.Get(Server + "/replicas")["value"]!.AsArray());
    }

    [Fact]
    public void A_switchover_lets_both_servers_change_places()
    {
        const string Endpoint = "/virtualendpoints/writer";
        _estate.Write("PUT", Replica, NewReplica.Replace("SOURCE", Server, StringComparison.Ordinal));
        Assert.Equal("Succeeded", _estate.Write("PUT", Server + Endpoint, """{"properties":{"endpointType":"ReadWrite","members":["db1"]}}"""));
        SandboxResponse members = _estate.Send("PATCH", Server + Endpoint, """{"properties":{"endpointType":"ReadWrite","members":["db2"]}}""");
        Assert.Equal("VirtualEndpointUpdateManagementOperation", members.Json!["operation"]!.GetValue<string>());
        Assert.Equal("Succeeded", _estate.End(members));

        string change = """{"properties":{"sourceServerResourceId":"SOURCE","replica":{"role":"Primary","promoteMode":"switchover","promoteOption":"planned"}}}""";
        SandboxResponse accepted = _estate.Send("PATCH", Replica, change.Replace("SOURCE", Server, StringComparison.Ordinal));
        Assert.Equal("ReadReplicaSiteSwapManagementOperation", accepted.Json!["operation"]!.GetValue<string>());
        Assert.Equal("Succeeded", _estate.End(accepted));

        JsonObject primary = _estate.Get(Replica);
        JsonObject follower = _estate.Get(Server);
        Assert.Equal("Primary", primary.Text("properties", "replicationRole"));
        Assert.False(primary.Object("properties").ContainsKey("sourceServerResourceId"));
        Assert.Equal("AsyncReplica", follower.Text("properties", "replica", "role"));
        Assert.Equal(Replica, follower.Text("properties", "sourceServerResourceId"), ignoreCase: true);
        Assert.Single(_estate.Get(Replica + "/replicas")["value"]!.AsArray());
        Assert.Equal(200, _estate.Send("GET", Replica + Endpoint).Status);
        Assert.Equal(400, _estate.Send("GET", Server + Endpoint).Status);
    }

    [Theory]
    [InlineData("""{"properties":{"replica":{"role":"None","promoteMode":"standalone","promoteOption":"forced"}}}""")]
    [InlineData("""{"properties":{"replicationRole":"None"}}""")]
    public void A_replica_can_be_made_to_stand_alone(string change)
    {
        _estate.Write("PUT", Replica, NewReplica.Replace("SOURCE", Server, StringComparison.Ordinal));
        SandboxResponse accepted = _estate.Send("PATCH", Replica, change);
        Assert.Equal("PromoteReadReplicaManagementOperation", accepted.Json!["operation"]!.GetValue<string>());
        Assert.Equal("Succeeded", _estate.End(accepted));
        Assert.Equal("Primary", _estate.Get(Replica).Text("properties", "replicationRole"));
        Assert.Equal("Primary", _estate.Get(Server).Text("properties", "replicationRole"));
    }

    [Fact]
    public void A_server_without_copies_elsewhere_is_not_restored_there()
    {
        SandboxResponse refused = _estate.Send("PUT", Replica, NewReplica.Replace("SOURCE", Server, StringComparison.Ordinal).Replace("\"Replica\"", "\"GeoRestore\"", StringComparison.Ordinal));
        Assert.Equal(400, refused.Status);
        Assert.Equal("GeoBackupsNotAvailable", refused.Json!["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public void A_disk_of_the_second_generation_is_rated_apart_from_its_size()
    {
        const string Body = """{"location":"uksouth","sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},"properties":{"version":"16","administratorLogin":"a","administratorLoginPassword":"b","storage":{"storageSizeGB":200,"type":"PremiumV2_LRS"}}}""";
        Assert.Equal("Succeeded", _estate.Write("PUT", Replica, Body));
        Assert.Equal("""{"type":"PremiumV2_LRS","iops":3000,"storageSizeGB":200,"autoGrow":"Disabled","throughput":125}""", _estate.Get(Replica).At("properties", "storage")!.ToJsonString());
        Assert.Equal("Succeeded", _estate.Write("PATCH", Replica, """{"properties":{"storage":{"storageSizeGB":300,"iops":3500,"throughput":400}}}"""));
        Assert.Equal("""{"type":"PremiumV2_LRS","iops":3500,"storageSizeGB":300,"autoGrow":"Disabled","throughput":400}""", _estate.Get(Replica).At("properties", "storage")!.ToJsonString());
    }

    [Fact]
    public void A_server_leaves_a_link_in_its_subnet_for_as_long_as_it_is_there()
    {
        const string Network = TestEstate.Group + "/providers/Microsoft.Network/virtualNetworks/net";
        const string Subnet = Network + "/subnets/pg";
        const string Zone = TestEstate.Group + "/providers/Microsoft.Network/privateDnsZones/a.private.postgres.database.azure.com";
        _estate.Send("PUT", Network, """{"location":"uksouth","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},"subnets":[{"name":"pg","properties":{"addressPrefix":"10.0.0.0/24","defaultOutboundAccess":false,"delegations":[{"name":"d","properties":{"serviceName":"Microsoft.DBforPostgreSQL/flexibleServers"}}]}}]}}""");
        string body = """{"location":"uksouth","sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},"properties":{"version":"16","administratorLogin":"a","administratorLoginPassword":"b","network":{"delegatedSubnetResourceId":"SUBNET","privateDnsZoneArmResourceId":"ZONE"}}}""";
        Assert.Equal("Succeeded", _estate.Write("PUT", Replica, body.Replace("SUBNET", Subnet, StringComparison.Ordinal).Replace("ZONE", Zone, StringComparison.Ordinal)));
        JsonObject properties = _estate.Get(Subnet).Object("properties");
        Assert.Equal("Microsoft.DBforPostgreSQL/flexibleServers", ((JsonObject)properties["serviceAssociationLinks"]![0]!).Text("properties", "linkedResourceType"));
        Assert.Equal("Microsoft.Storage", ((JsonObject)properties["serviceEndpoints"]![0]!).Text("service"));
        Assert.Equal(properties.ToJsonString(), _estate.Get(Network)["properties"]!["subnets"]![0]!["properties"]!.ToJsonString());

        Assert.Equal("Succeeded", _estate.Write("DELETE", Replica));
        properties = _estate.Get(Subnet).Object("properties");
        Assert.False(properties.ContainsKey("serviceAssociationLinks"));
        Assert.True(properties.ContainsKey("serviceEndpoints"));
        Assert.True(properties.ContainsKey("defaultOutboundAccess"));
    }

    [Fact]
    public void A_server_is_made_with_everything_that_a_server_has()
    {
        const string Body = """{"location":"uksouth","sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},"properties":{"version":"16","administratorLogin":"a","administratorLoginPassword":"b"}}""";
        SandboxResponse accepted = _estate.Send("PUT", Replica, Body);
        Assert.Equal(404, _estate.Send("GET", Replica).Status);
        _estate.Arm.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("Provisioning", _estate.Get(Replica).Text("properties", "state"));
        Assert.Equal(500, _estate.Send("GET", Replica + "/configurations").Status);
        Assert.Equal("Succeeded", _estate.End(accepted));
        Assert.Equal("Ready", _estate.Get(Replica).Text("properties", "state"));
        Assert.NotEmpty(_estate.Get(Replica + "/configurations")["value"]!.AsArray());
        Assert.Equal("Disabled", _estate.Get(Replica + "/advancedThreatProtectionSettings/Default").Text("properties", "state"));
        Assert.Equal(3, _estate.Get(Replica + "/databases")["value"]!.AsArray().Count);
        Assert.Equal("Succeeded", _estate.Write("DELETE", Replica));
        Assert.Equal(404, _estate.Send("GET", Replica).Status);
        Assert.Equal(204, _estate.Send("DELETE", Replica).Status);
        Assert.Equal("Succeeded", _estate.Write("PUT", Replica, """{"location":"uksouth","properties":{"createMode":"ReviveDropped"}}"""));
        Assert.Equal("16", _estate.Get(Replica).Text("properties", "version"));
    }

    [Theory]
    [InlineData("""{"location":"uksouth","properties":{}}""", "Failed MissingRequiredParameter")]
    [InlineData("""{"location":"uksouth","properties":{"createMode":"PointInTimeRestore","sourceServerResourceId":"SOURCE"}}""", "Failed MissingRequiredParameter")]
    [InlineData("""{"location":"uksouth","properties":{"createMode":"Replica","sourceServerResourceId":"/nothing"}}""", "Failed MissingRequiredParameter")]
    [InlineData("""{"location":"uksouth","sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},"properties":{"administratorLogin":"a","administratorLoginPassword":"b","network":{"delegatedSubnetResourceId":"/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}}}""", "Failed SubnetNotFound")]
    public void A_server_that_cannot_be_made_is_accepted_and_then_fails(string body, string end)
    {
        Assert.Equal(end, _estate.Write("PUT", Replica, body.Replace("SOURCE", Server, StringComparison.Ordinal)));
        Assert.Equal(404, _estate.Send("GET", Replica).Status);
    }

    [Fact]
    public void Encryption_keys_change_whole_or_lose_their_half()
    {
        const string Identity = "/subscriptions/x/resourceGroups/y/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";
        _estate.Arm.Edit(Server, body =>
        {
            body["identity"] = JsonNode.Parse($$"""{"type":"UserAssigned","userAssignedIdentities":{"{{Identity}}i1":{},"{{Identity}}i2":{} } }""");
            body["properties"]!["backup"]!["geoRedundantBackup"] = "Enabled";
            body["properties"]!["dataEncryption"] = JsonNode.Parse($$"""
                {"type":"AzureKeyVault","primaryKeyURI":"https://v.vault.azure.net/keys/k/1","primaryUserAssignedIdentityId":"{{Identity}}i1",
                 "geoBackupKeyURI":"https://g.vault.azure.net/keys/k/1","geoBackupUserAssignedIdentityId":"{{Identity}}i2"}
                """);
        });
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, """{"properties":{"dataEncryption":{"geoBackupKeyURI":"https://g.vault.azure.net/keys/k/2"}}}"""));
        Assert.Equal("https://g.vault.azure.net/keys/k/1", _estate.Get(Server).Text("properties", "dataEncryption", "geoBackupKeyURI"));
        string whole = $$"""
            {"properties":{"dataEncryption":{"type":"AzureKeyVault","primaryKeyURI":"https://v.vault.azure.net/keys/k/1","primaryUserAssignedIdentityId":"{{Identity}}i1","geoBackupKeyURI":"https://g.vault.azure.net/keys/k/2","geoBackupUserAssignedIdentityId":"{{Identity}}i2"} } }
            """;
        Assert.Equal("Succeeded", _estate.Write("PATCH", Server, whole));
        Assert.Equal("https://g.vault.azure.net/keys/k/2", _estate.Get(Server).Text("properties", "dataEncryption", "geoBackupKeyURI"));
        Assert.Equal("Failed CMKInvalidEncryptionParameters", _estate.Write("PATCH", Server, $$"""{"identity":{"userAssignedIdentities":{"{{Identity}}i1":null} } }"""));
        Assert.Equal(
            "Failed InternalServerError",
            _estate.Write(
                "PATCH",
                Server + "?api-version=2024-08-01",
                $$"""{"properties":{"dataEncryption":{"primaryKeyURI":"https://v.vault.azure.net/keys/k","primaryUserAssignedIdentityId":"{{Identity}}i1"} } }"""));
    }
}
