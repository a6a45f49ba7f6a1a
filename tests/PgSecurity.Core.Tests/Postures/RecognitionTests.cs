using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using Xunit;

namespace PgSecurity.Core.Tests.Postures;

public sealed class RecognitionTests
{
    private const string Subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
    private const string Group = Subscription + "/resourceGroups/rg-shop";
    private const string Type = "Microsoft.DBforPostgreSQL/flexibleServers";
    private const string Shop = Group + "/providers/" + Type + "/shop";

    private static string Server(string id = Shop, string properties = "", string root = "") => $$$"""
        {"id":"{{{id}}}","type":"{{{Type}}}","name":"{{{id.Substring(id.LastIndexOf('/') + 1)}}}","location":"UK South",{{{root}}}
         "sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},
         "properties":{ {{{properties}}}"version":"16","network":{"publicNetworkAccess":"Disabled"},"authConfig":{"passwordAuth":"Enabled"},"privateEndpointConnections":[]} }
        """;

    private static string Rule(string name = "office", string id = Shop) =>
        $$$"""{"id":"{{{id}}}/firewallRules/{{{name}}}","type":"{{{Type}}}/firewallRules","name":"{{{name}}}","properties":{"startIpAddress":"192.0.2.1","endIpAddress":"192.0.2.9"}}""";

    private static List<PostureReadResult> Read(string json) => PostureReader.ReadText(json, "input.json").ToList();

    private static Posture One(string json)
    {
        List<PostureReadResult> results = Read(json);
        Assert.DoesNotContain(results, result => result.Error is not null);
        return Assert.Single(results, result => result.Posture is not null).Posture!;
    }

    private static string? Value(Resource resource, params string[] path)
    {
        JsonElement value = resource.Body;
        foreach (string name in path)
        {
            if (!resource.TryGetMember(value, string.Join(".", path) + name, name, out value)) return null;
        }

        return UnknownValue.Is(value) ? "unknown" : value.ToString();
    }

    [Fact]
    public void One_resource_is_a_posture_with_the_connections_that_its_body_holds()
    {
        Posture posture = One(Server());
        Assert.Null(posture.Server.Gap);
        Assert.Equal("Disabled", Value(posture.Server, "properties", "network", "publicNetworkAccess"));
        Assert.True(posture.FacetOf(FacetTypes.PrivateEndpointConnections).IsComplete);
        Assert.Equal(FacetGapKind.NotCollected, posture.FacetOf(FacetTypes.FirewallRules).Gap!.Kind);
        Assert.Equal("input.json:1", posture.Source);
    }

    [Fact]
    public void Children_before_their_server_in_any_case_of_the_id_find_it()
    {
        Posture posture = One($"[{Rule("office", Shop.ToUpperInvariant())},{Server()}]");
        Facet rules = posture.FacetOf(FacetTypes.FirewallRules);
        Assert.Equal("office", Assert.Single(rules.Resources).Name);
        Assert.Equal(FacetGapKind.Partial, rules.Gap!.Kind);
    }

    [Fact]
    public void Children_that_an_export_nests_under_their_server_need_no_id_of_their_own()
    {
        string nested = $$"""
            "resources":[
              {"ResourceName":"AllowAll","Name":"AllowAll","ResourceType":"{{Type}}/firewallRules","Type":"{{Type}}/firewallRules",
               "Properties":{"startIpAddress":"0.0.0.0","endIpAddress":"0.0.0.0"} },
              {"name":"shop/require_secure_transport","type":"{{Type}}/configurations","properties":{"value":"OFF"} },
              {"name":"all","type":"Microsoft.Insights/diagnosticSettings","properties":{"logs":[]} },
              {"id":"{{Shop}}/administrators/a","name":"a","type":"{{Type}}/administrators","properties":{"principalType":"Group"} }],
            """;
        Posture posture = One(Server(root: nested));

        Assert.Equal($"{Shop}/firewallRules/AllowAll", Assert.Single(posture.FacetOf(FacetTypes.FirewallRules).Resources).Id);
        Assert.Equal("require_secure_transport", Assert.Single(posture.FacetOf(FacetTypes.Configurations).Resources).Name);
        Assert.Single(posture.FacetOf(FacetTypes.DiagnosticSettings).Resources);
        Assert.Single(posture.FacetOf(FacetTypes.Administrators).Resources);
        Assert.False(posture.FacetOf(FacetTypes.FirewallRules).IsComplete);
    }

    [Fact]
    public void How_a_server_was_made_is_not_among_what_a_tool_may_leave_out()
    {
        Posture posture = One($$"""{"id":"{{Shop}}","name":"shop","type":"{{Type}}","replicationRole":"Primary","authConfig":{"activeDirectoryAuth":"Disabled" } }""");

        Assert.NotNull(posture.Server.Gap);
        Assert.Equal(JsonValueKind.Null, posture.Server.Body.GetProperty("properties").GetProperty("createMode").ValueKind);
    }

    [Fact]
    public void A_list_without_a_next_page_of_one_parent_is_complete()
    {
        Assert.True(One($$"""{"value":[{{Rule()}}, {{Rule("b")}}]}""").FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.True(One($$"""{"value":[{{Rule()}}],"nextLink":null}""").FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.True(One($$"""{"value":[{{Rule()}}],"nextLink":""}""").FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.False(One($$"""{"value":[{{Rule()}}],"nextLink":"https://next"}""").FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.False(One($"[{Rule()}]").FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.False(One(Rule()).FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.All(
            Read($$"""{"value":[{{Rule()}}, {{Rule("x", Shop + "2")}}]}""").Where(result => result.Posture is not null),
            result => Assert.False(result.Posture!.FacetOf(FacetTypes.FirewallRules).IsComplete));
    }

    [Fact]
    public void Children_without_their_server_make_a_posture_that_says_so()
    {
        Posture posture = One(Rule());
        Assert.Equal("the server itself is not in the input", posture.Server.Gap);
        Assert.Equal("shop", posture.Server.Name);
    }

    [Fact]
    public void Several_documents_pretty_and_not_with_a_broken_one_between_are_read()
    {
        string pretty = JsonSerializer.Serialize(JsonDocument.Parse(Server()).RootElement, new JsonSerializerOptions { WriteIndented = true });
        string broken = pretty.Replace("\"version\": \"16\"", "\"version\": 16x", StringComparison.Ordinal);
        List<PostureReadResult> results = Read(pretty + pretty.Replace("shop", "shop2", StringComparison.Ordinal) + "\n" + broken + "\n" + Rule() + Rule("b") + "\n// the end\n");
        Assert.Equal(new[] { "shop", "shop2" }, results.Where(result => result.Posture is not null).Select(result => result.Posture!.Id.Name));
        Posture shop = results.First(result => result.Posture is not null).Posture!;
        Assert.Equal(2, shop.FacetOf(FacetTypes.FirewallRules).Resources.Count);
        InputError error = Assert.Single(results, result => result.Error is not null).Error!;
        int line = (pretty + pretty + "\n" + broken).Split('\n').ToList().FindIndex(text => text.Contains("16x", StringComparison.Ordinal)) + 1;
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void A_broken_element_of_an_array_with_one_element_a_line_is_one_error()
    {
        string compact = JsonSerializer.Serialize(JsonDocument.Parse(Server()).RootElement);
        List<PostureReadResult> results = Read($"[\n{compact},\n{{\"id\":oops}},\n{Rule()}\n]\n{Rule("b")}");
        Assert.Single(results, result => result.Error is not null);
        Assert.Equal(2, Assert.Single(results, result => result.Posture is not null).Posture!.FacetOf(FacetTypes.FirewallRules).Resources.Count);
    }

    [Fact]
    public void What_az_lifts_to_the_root_goes_back_under_properties()
    {
        Posture posture = One($$$"""
            [{"administratorLogin":"admin","authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Disabled","tenantId":"t"},
              "id":"{{{Shop}}}","location":"uksouth","name":"shop","resourceGroup":"rg-shop","type":"{{{Type}}}","version":"16",
              "network":{"delegatedSubnetResourceId":null,"publicNetworkAccess":"Enabled"},"sku":{"name":"Standard_B1ms","tier":"Burstable"},
              "privateEndpointConnections":[{"id":"{{{Shop}}}/privateEndpointConnections/pe.1","name":"pe.1","privateLinkServiceConnectionState":{"status":"Pending"}}]},
             {"allowedValues":"on,off","id":"{{{Shop}}}/configurations/log_connections","name":"log_connections","resourceGroup":"rg-shop",
              "type":"{{{Type}}}/configurations","value":"off","isReadOnly":false},
             {"id":"{{{Shop}}}/administrators/1","name":"1","objectId":"1","principalName":"dba","principalType":"Group","tenantId":"t","type":"{{{Type}}}/administrators"}]
            """);
        Assert.NotNull(posture.Server.Gap);
        Assert.Equal("Disabled", Value(posture.Server, "properties", "authConfig", "passwordAuth"));
        Assert.Equal("Burstable", Value(posture.Server, "sku", "tier"));
        Assert.Equal("", Value(posture.Server, "properties", "network", "delegatedSubnetResourceId"));
        Assert.Equal("off", Value(posture.FacetOf(FacetTypes.Configurations).Find("log_connections")!, "properties", "value"));
        Assert.Equal("t", Value(posture.FacetOf(FacetTypes.Administrators).Resources[0], "properties", "tenantId"));
        Facet connections = posture.FacetOf(FacetTypes.PrivateEndpointConnections);
        Assert.True(connections.IsComplete);
        Assert.Equal("Pending", Value(connections.Resources[0], "properties", "privateLinkServiceConnectionState", "status"));
    }

    [Fact]
    public void Objects_of_the_older_PowerShell_module_leave_authentication_unknown()
    {
        Posture posture = One($$$"""
            {"Id":"{{{Shop}}}","Name":"shop","Type":"{{{Type}}}","Location":"UK South","SkuName":"Standard_D2ds_v5","SkuTier":"GeneralPurpose",
             "NetworkPublicNetworkAccess":"Enabled","NetworkDelegatedSubnetResourceId":null,"BackupRetentionDay":7,"BackupGeoRedundantBackup":"Disabled",
             "HighAvailabilityMode":{"value":1},"State":"","StorageSizeGb":32,"Tag":{"a":"b"},"Version":"13"}
            """);
        Assert.NotNull(posture.Server.Gap);
        Assert.Equal("Enabled", Value(posture.Server, "properties", "network", "publicNetworkAccess"));
        Assert.Equal("", Value(posture.Server, "properties", "network", "delegatedSubnetResourceId"));
        Assert.Equal("7", Value(posture.Server, "properties", "backup", "backupRetentionDays"));
        Assert.Equal("unknown", Value(posture.Server, "properties", "highAvailability", "mode"));
        Assert.Null(Value(posture.Server, "properties", "state"));
        Assert.Null(Value(posture.Server, "properties", "authConfig"));
        Assert.Equal(FacetGapKind.NotCollected, posture.FacetOf(FacetTypes.PrivateEndpointConnections).Gap!.Kind);
    }

    [Fact]
    public void Objects_of_the_newer_PowerShell_module_are_read_whole()
    {
        Posture posture = One($$$"""
            {"Id":"{{{Shop}}}","Name":"shop","ResourceGroupName":"rg-shop","Type":"{{{Type}}}","AuthConfigActiveDirectoryAuth":"Enabled","AuthConfigPasswordAuth":"Enabled",
             "DataEncryptionType":"AzureKeyVault","DataEncryptionPrimaryKeyUri":"https://v.vault.azure.net/keys/k","NetworkPublicNetworkAccess":"",
             "PrivateEndpointConnection":[{"Id":"{{{Shop}}}/privateEndpointConnections/p","Name":"p","PrivateEndpointId":"/x","PrivateLinkServiceConnectionStateStatus":"Approved"}]}
            """);
        Assert.Equal("Enabled", Value(posture.Server, "properties", "authConfig", "passwordAuth"));
        Assert.Equal("https://v.vault.azure.net/keys/k", Value(posture.Server, "properties", "dataEncryption", "primaryKeyURI"));
        Assert.Null(Value(posture.Server, "properties", "network", "publicNetworkAccess"));
        Assert.Equal("Approved", Value(posture.FacetOf(FacetTypes.PrivateEndpointConnections).Resources[0], "properties", "privateLinkServiceConnectionState", "status"));
    }

    [Fact]
    public void PowerShell_children_and_resources_are_read()
    {
        Posture posture = One($$$"""
            [{"Id":"{{{Shop}}}/firewallRules/all","Name":"all","Type":"{{{Type}}}/firewallRules","StartIPAddress":"0.0.0.0","EndIPAddress":"0.0.0.0"},
             {"ResourceId":"{{{Shop}}}","Id":"{{{Shop}}}","ResourceType":"{{{Type}}}","Name":"shop","Properties":{"version":"17","authConfig":{"passwordAuth":"Disabled"}},"Sku":{"Tier":"Burstable"}},
             {"RoleAssignmentId":"{{{Shop}}}/providers/Microsoft.Authorization/roleAssignments/r","Scope":"{{{Shop}}}","ObjectId":"o","ObjectType":"User","RoleDefinitionId":"8e3af657-a8ff-443c-a75c-2fe8c4bcb635"},
             {"Name":"l","ResourceId":"{{{Group}}}/providers/Microsoft.Authorization/locks/l","LockId":"{{{Group}}}/providers/Microsoft.Authorization/locks/l","ResourceType":"Microsoft.Authorization/locks","Properties":{"level":"CanNotDelete"}}]
            """);
        Assert.Equal("17", Value(posture.Server, "properties", "version"));
        Assert.Equal("Burstable", Value(posture.Server, "sku", "tier"));
        Assert.Equal("0.0.0.0", Value(posture.FacetOf(FacetTypes.FirewallRules).Resources[0], "properties", "startIpAddress"));
        Resource assignment = Assert.Single(posture.FacetOf(FacetTypes.RoleAssignments).Resources);
        Assert.Equal("o", Value(assignment, "properties", "principalId"));
        Assert.Equal("/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635", Value(assignment, "properties", "roleDefinitionId"));
        Assert.Equal("CanNotDelete", Value(posture.FacetOf(FacetTypes.Locks).Resources[0], "properties", "level"));
    }

    [Theory]
    [InlineData("{\"count\":1,\"data\":[ROW],\"$skipToken\":null}")]
    [InlineData("{\"SkipToken\":null,\"Data\":[ROW]}")]
    [InlineData("[ROW]")]
    public void A_whole_row_of_Resource_Graph_is_a_whole_resource(string wrapper)
    {
        string row = $$$"""{"id":"{{{Shop.ToLowerInvariant()}}}","name":"shop","type":"microsoft.dbforpostgresql/flexibleservers","tenantId":"t","kind":"","location":"uksouth","resourceGroup":"rg-shop","subscriptionId":"s","managedBy":"","sku":{"tier":"Burstable"},"plan":null,"properties":{"authConfig":{"passwordAuth":"Disabled"} },"tags":null,"identity":null,"zones":null}""";
        Posture posture = One(wrapper.Replace("ROW", row, StringComparison.Ordinal));
        Assert.Null(posture.Server.Gap);
        Assert.Equal(Type, posture.Server.Type);
        Assert.Equal("Disabled", Value(posture.Server, "properties", "authConfig", "passwordAuth"));
    }

    [Fact]
    public void A_projected_row_leaves_open_what_the_query_did_not_name()
    {
        Posture posture = One($$"""
            {"data":{"columns":[{"name":"id","type":"string"},{"name":"properties_network_publicNetworkAccess","type":"string"},{"name":"sku","type":"string"},{"name":"mine","type":"string"}],
                     "rows":[["{{Shop}}","Disabled","Standard_B1ms","x"]]} }
            """);
        Assert.NotNull(posture.Server.Gap);
        Assert.Equal("Disabled", Value(posture.Server, "properties", "network", "publicNetworkAccess"));
        Assert.Null(Value(posture.Server, "sku"));
        Assert.NotNull(One($$$"""{"data":[{"id":"{{{Shop}}}","properties":{"version":"16"} }]}""").Server.Gap);
        Assert.Contains("no ARM id", Assert.Single(Read("""{"data":[{"name":"shop"}]}""")).Error!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_protects_a_server_is_found_by_scope_and_by_reference()
    {
        string cmk = "\"dataEncryption\":{\"type\":\"AzureKeyVault\",\"primaryKeyURI\":\"https://kv-shop.vault.azure.net/keys/pg/123\"},";
        string diagnostic = $$$"""{"id":"{{{Shop.ToLowerInvariant()}}}/providers/microsoft.insights/diagnosticSettings/d","name":"d","type":"Microsoft.Insights/diagnosticSettings","properties":{"workspaceId":"{{{Group}}}/providers/Microsoft.OperationalInsights/workspaces/w"} }""";
        Posture posture = One($$$"""
            [{{{Server(properties: cmk)}}},
             {"value":[{{{diagnostic}}}]},
             {"id":"{{{Group}}}/providers/microsoft.operationalinsights/workspaces/w","name":"w","type":"Microsoft.OperationalInsights/workspaces","properties":{"retentionInDays":30} },
             {"id":"{{{Group}}}/providers/Microsoft.KeyVault/vaults/KV-shop","name":"KV-shop","type":"Microsoft.KeyVault/vaults","properties":{} },
             {"id":"{{{Group}}}/providers/Microsoft.KeyVault/vaults/other","name":"other","type":"Microsoft.KeyVault/vaults","properties":{} },
             {"value":[{"id":"{{{Group}}}/providers/Microsoft.KeyVault/vaults/kv-shop/keys/pg","name":"pg","type":"Microsoft.KeyVault/vaults/keys","properties":{"attributes":{} } }]},
             {"id":"{{{Subscription}}}/providers/Microsoft.Authorization/locks/sub","name":"sub","type":"Microsoft.Authorization/locks","properties":{"level":"ReadOnly"} },
             {"id":"{{{Subscription}}}/resourceGroups/rg-shop2/providers/Microsoft.Authorization/locks/other","name":"other","type":"Microsoft.Authorization/locks","properties":{"level":"ReadOnly"} },
             {"id":"/providers/Microsoft.Management/managementGroups/mg/providers/Microsoft.Authorization/roleAssignments/m","name":"m","type":"Microsoft.Authorization/roleAssignments","properties":{"scope":"/providers/Microsoft.Management/managementGroups/mg"} },
             {"value":[{"id":"{{{Subscription}}}/providers/Microsoft.Security/pricings/OpenSourceRelationalDatabases","name":"OpenSourceRelationalDatabases","type":"Microsoft.Security/pricings","properties":{"pricingTier":"Standard"} }]},
             {"id":"{{{Group}}}/providers/Microsoft.Network/privateEndpoints/pe","name":"pe","type":"Microsoft.Network/privateEndpoints","properties":{"manualPrivateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"{{{Shop}}}"} }]} },
             {"id":"{{{Group}}}/providers/microsoft.insights/activityLogAlerts/a","name":"a","type":"Microsoft.Insights/ActivityLogAlerts","properties":{"scopes":["{{{Subscription}}}"]} },
             {"id":"{{{Group}}}/providers/microsoft.insights/activityLogAlerts/b","name":"b","type":"Microsoft.Insights/ActivityLogAlerts","properties":{"scopes":["/subscriptions/other"]} },
             {"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies","value":[{"id":"22222222-2222-2222-2222-222222222222","displayName":"MFA","state":"enabled","conditions":{},"grantControls":{"builtInControls":["mfa"]} }]},
             {"id":"{{{Group}}}/providers/Microsoft.Compute/virtualMachines/vm","name":"vm","type":"Microsoft.Compute/virtualMachines"},
             {"error":{"code":"ResourceNotFound"} }]
            """);
        Assert.True(posture.FacetOf(FacetTypes.DiagnosticSettings).IsComplete);
        Assert.True(posture.FacetOf(FacetTypes.Workspaces).IsComplete);
        Assert.Equal("KV-shop", Assert.Single(posture.FacetOf(FacetTypes.Vaults).Resources).Name);
        Facet keys = posture.FacetOf(FacetTypes.Keys);
        Assert.True(keys.IsComplete);
        Assert.Contains("rotation", keys.Resources[0].Gap!, StringComparison.Ordinal);
        Assert.Equal("sub", Assert.Single(posture.FacetOf(FacetTypes.Locks).Resources).Name);
        Assert.Equal("m", Assert.Single(posture.FacetOf(FacetTypes.RoleAssignments).Resources).Name);
        Assert.True(posture.FacetOf(FacetTypes.DefenderPlans).IsComplete);
        Assert.Equal("pe", Assert.Single(posture.FacetOf(FacetTypes.PrivateEndpoints).Resources).Name);
        Assert.Equal("a", Assert.Single(posture.FacetOf(FacetTypes.ActivityLogAlerts).Resources).Name);
        Facet policies = posture.FacetOf(FacetTypes.ConditionalAccess);
        Assert.True(policies.IsComplete);
        Assert.Equal("MFA", Value(policies.Resources[0], "properties", "displayName"));
        Assert.False(posture.FacetOf(FacetTypes.Locks).IsComplete);
    }

    [Fact]
    public void A_replica_and_its_primary_know_each_other_and_a_stub_is_not_believed()
    {
        string replica = Group + "/providers/" + Type + "/shop-r";
        string stub = $$$"""{"id":"{{{replica}}}2","type":"{{{Type}}}","name":"shop-r2","location":"eastus","sku":{"name":""},"properties":{"replicationRole":"AsyncReplica","sourceServerResourceId":"{{{Shop}}}","storage":{"storageSizeGB":0},"network":{"publicNetworkAccess":"Disabled"},"dataEncryption":{"type":"SystemManaged"} } }""";
        List<Posture> postures = Read($$$"""
            [{{{Server()}}},
             {{{Server(replica, $"\"replicationRole\":\"AsyncReplica\",\"sourceServerResourceId\":\"{Shop}\",")}}},
             {"value":[{{{stub}}}]},
             {"value":[{"id":"{{{Shop}}}/configurations/require_secure_transport","name":"require_secure_transport","type":"{{{Type}}}/configurations","properties":{"value":"on"} }]}]
            """).Select(result => result.Posture!).ToList();
        Assert.Equal(new[] { "shop", "shop-r", "shop-r2" }, postures.Select(posture => posture.Id.Name));
        Facet replicas = postures[0].FacetOf(FacetTypes.Replicas);
        Assert.Equal(new[] { "shop-r", "shop-r2" }, replicas.Resources.Select(resource => resource.Name));
        Assert.Equal(FacetGapKind.Partial, replicas.Gap!.Kind);
        Resource primary = Assert.Single(postures[1].FacetOf(FacetTypes.Primary).Resources);
        Assert.Null(primary.Gap);
        Assert.Equal("on", Value(primary, "properties", "parameters", "require_secure_transport"));
        Assert.NotNull(postures[2].Server.Gap);
        Assert.Null(Value(postures[2].Server, "properties", "network"));
        Assert.Equal("AsyncReplica", Value(postures[2].Server, "properties", "replicationRole"));
    }

    [Theory]
    [InlineData("\"state\":\"Ready\",\"storage\":{\"storageSizeGB\":128},", "unknown")]
    [InlineData("\"state\":\"Ready\",\"storage\":{\"storageSizeGB\":128,\"autoGrow\":\"Disabled\"},", "Disabled")]
    [InlineData("\"state\":\"Ready\",\"replica\":{\"role\":\"Primary\"},\"storage\":{\"storageSizeGB\":128},", null)]
    [InlineData("\"storage\":{\"storageSizeGB\":128},", null)]
    public void An_answer_of_an_API_that_hides_auto_grow_leaves_it_unknown(string properties, string? expected) =>
        Assert.Equal(expected, Value(One(Server(properties: properties)).Server, "properties", "storage", "autoGrow"));

    [Fact]
    public void A_body_of_the_2021_API_marks_what_that_version_lacks()
    {
        Posture posture = One($$$"""{"id":"{{{Shop}}}","type":"{{{Type}}}","name":"shop","sku":{},"properties":{"version":"13","network":{"publicNetworkAccess":"Enabled"} } }""");
        Assert.Null(posture.Server.Gap);
        Assert.Equal("unknown", Value(posture.Server, "properties", "authConfig"));
        Assert.Equal("unknown", Value(posture.Server, "properties", "dataEncryption"));
        Assert.Equal("Enabled", Value(posture.Server, "properties", "network", "publicNetworkAccess"));
    }

    [Fact]
    public void Single_servers_and_internal_names_are_known()
    {
        string single = Group + "/providers/Microsoft.DBForPostgreSQL/servers/old";
        Posture posture = One($$$"""
            [{"id":"{{{single}}}","name":"old","type":"Microsoft.DBforPostgreSQL/servers","properties":{"sslEnforcement":"Disabled"} },
             {"id":"{{{single}}}/virtualNetworkRules/v","name":"v","type":"Microsoft.DBforPostgreSQL/servers/virtualNetworkRules","properties":{} }]
            """);
        Assert.True(posture.Id.IsSingleServer);
        Assert.Single(posture.FacetOf(FacetTypes.VirtualNetworkRules).Resources);

        Posture shop = One($$$"""{"id":"{{{Shop.Replace("flexibleServers", "serversv2", StringComparison.Ordinal)}}}/configurations/ssl","name":"ssl","type":"{{{Type}}}/configurations","properties":{"value":"on"} }""");
        Assert.Equal("on", Value(shop.FacetOf(FacetTypes.Configurations).Find("ssl")!, "properties", "value"));
    }

    [Fact]
    public void An_array_as_Windows_PowerShell_writes_it_proves_nothing_complete()
    {
        Facet rules = One($$"""{"value":[{{Rule()}}, {{Rule("b")}}],"Count":2}""").FacetOf(FacetTypes.FirewallRules);
        Assert.Equal(2, rules.Resources.Count);
        Assert.False(rules.IsComplete);
    }

    [Fact]
    public void The_answer_inside_Invoke_AzRestMethod_is_read()
    {
        string content = JsonSerializer.Serialize($$"""{"value":[{{Rule()}}]}""");
        Assert.True(One($$"""{"Headers":{},"StatusCode":200,"Method":"GET","Content":{{content}}}""").FacetOf(FacetTypes.FirewallRules).IsComplete);
    }

    [Fact]
    public void A_recorded_request_that_read_is_its_answer() =>
        Assert.True(One($$"""{"n":1,"method":"GET","url":"https://management.azure.com/x","status":200,"response":{"value":[{{Rule()}}] } }""").FacetOf(FacetTypes.FirewallRules).IsComplete);

    [Theory]
    [InlineData("PUT", 200)]
    [InlineData("GET", 404)]
    public void Another_recorded_request_says_nothing_and_is_counted(string method, int status)
    {
        string recorded = $$"""{"method":"{{method}}","url":"https://management.azure.com/x","status":{{status}},"response":{{Server()}}}""";
        using JsonDocument document = JsonDocument.Parse(recorded);
        PostureReadResult only = Assert.Single(PostureReader.Read(document.RootElement, "recorded"));
        Assert.Contains("recorded requests that read nothing (1)", only.Notice!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_in_a_body_does_not_get_into_a_posture()
    {
        Posture posture = One(Server(properties: "\"administratorLoginPassword\":\"hunter2hunter2\","));
        Assert.Equal("unknown", Value(posture.Server, "properties", "administratorLoginPassword"));
        Assert.DoesNotContain("hunter2", posture.Server.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("42")]
    [InlineData("{\"foo\":1}")]
    [InlineData("[1]")]
    [InlineData("hello")]
    [InlineData("\"cut")]
    [InlineData("/* cut")]
    public void What_is_neither_JSON_nor_a_resource_is_an_error(string input) =>
        Assert.NotNull(Assert.Single(Read(input)).Error);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"value\":[]}")]
    [InlineData("{\"error\":{\"code\":\"x\"}}")]
    [InlineData("{\"name\":\"1\",\"status\":\"InProgress\",\"startTime\":\"x\"}")]
    [InlineData("{\"operation\":\"Upsert\",\"startTime\":\"x\"}")]
    [InlineData("{\"properties\":{\"network\":{}}}")]
    public void What_is_known_to_be_no_resource_is_no_error(string input) =>
        Assert.DoesNotContain(Read(input), result => result.Error is not null || result.Posture is not null);
}
