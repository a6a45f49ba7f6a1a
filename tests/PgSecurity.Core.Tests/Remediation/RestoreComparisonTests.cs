using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Restores;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Remediation;

/// <summary>A restored server is as its source, or stricter; what cannot be told is not taken for that.</summary>
public sealed class RestoreComparisonTests
{
    private const string Rules = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules";
    private const string Parameters = "Microsoft.DBforPostgreSQL/flexibleServers/configurations";

    private const string Open = """
        { "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } },
          "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [
            { "name": "office", "properties": { "startIpAddress": "198.51.100.0", "endIpAddress": "198.51.100.255" } } ] } }
        """;

    public static TheoryData<string, string, string, Outcome> Cases() => new()
    {
        { "version", "{}", """{ "server": { "properties": { "version": "13" } } }""", Outcome.Fail },
        { "encryption", "{}", """{ "server": { "properties": { "dataEncryption": { "type": "SystemManaged" } } } }""", Outcome.Fail },
        { "encryption", "{}", """{ "server": { "properties": { "dataEncryption": { "primaryKeyURI": "https://other.vault.azure.net/keys/k" } } } }""", Outcome.Fail },
        { "encryption", "{}", """{ "server": { "properties": { "dataEncryption": { "primaryEncryptionKeyStatus": "Invalid" } } } }""", Outcome.Fail },
        { "encryption", "{}", """{ "server": { "properties": { "dataEncryption": { "type": { "$unknown": "403" } } } } }""", Outcome.Unknown },
        { "encryption", """{ "server": { "properties": { "dataEncryption": { "type": "SystemManaged" } } } }""", "{}", Outcome.Pass },
        { "publicAccess", "{}", """{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }""", Outcome.Fail },
        { "publicAccess", "{}", """{ "server": { "properties": { "network": { "publicNetworkAccess": null } } } }""", Outcome.Fail },
        { "publicAccess", "{}", """{ "server": { "properties": { "network": { "publicNetworkAccess": { "$unknown": "403" } } } } }""", Outcome.Unknown },
        { "publicAccess", Open, "{}", Outcome.Pass },
        { "publicAccess", """{ "server": { "properties": { "network": { "delegatedSubnetResourceId": "/subscriptions/a/subnets/s" } } } }""", "{}", Outcome.Fail },
        { "firewall", Open, Open, Outcome.Pass },
        { "firewall", Open, $$"""{ "facets": { "{{Rules}}": [] } }""", Outcome.Pass },
        { "firewall", Open, $$"""{ "facets": { "{{Rules}}": [ { "name": "b", "properties": { "startIpAddress": "198.51.100.8", "endIpAddress": "198.51.101.1" } } ] } }""", Outcome.Fail },
        { "firewall", Open, $$"""{ "facets": { "{{Rules}}": [ { "name": "b", "properties": { "startIpAddress": "198.51.100.8", "endIpAddress": "198.51.100.9" } } ] } }""", Outcome.Pass },
        { "firewall", Open, $$"""{ "facets": { "{{Rules}}": [ { "name": "b", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0" } } ] } }""", Outcome.Fail },
        { "firewall", Open, $$"""{ "unavailable": { "{{Rules}}": "403" } }""", Outcome.Unknown },
        { "transport", "{}", """{ "parameters": { "require_secure_transport": "off" } }""", Outcome.Fail },
        { "transport", """{ "parameters": { "ssl_min_protocol_version": "TLSv1.3" } }""", """{ "parameters": { "ssl_min_protocol_version": "TLSv1.2" } }""", Outcome.Fail },
        { "transport", """{ "parameters": { "ssl_min_protocol_version": "TLSv1.2" } }""", """{ "parameters": { "ssl_min_protocol_version": "TLSv1.3" } }""", Outcome.Pass },
        { "transport", "{}", $$"""{ "unavailable": { "{{Parameters}}": "400 ServerStoppedError" } }""", Outcome.Unknown },
        { "authentication", "{}", """{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }""", Outcome.Fail },
        { "authentication", """{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }""", "{}", Outcome.Pass },
        { "authentication", "{}", """{ "server": { "properties": { "authConfig": { "passwordAuth": { "$unknown": "403" } } } } }""", Outcome.Unknown },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_thing_is_told_by_itself(string name, string source, string restored, Outcome outcome)
    {
        RestoreCheck check = RestoreComparison.Of(Build(source), Build(restored)).Single(one => one.Name == name);
        Assert.True(check.Outcome == outcome, check.ToString());
        Assert.NotEmpty(check.Observed);
    }

    [Fact]
    public void A_server_is_as_itself() =>
        Assert.All(RestoreComparison.Of(Build("{}"), Build("{}")), check => Assert.True(check.Outcome == Outcome.Pass, check.ToString()));

    private static Posture Build(string changes) => CasePosture.Build((JsonObject)JsonNode.Parse(changes)!, "test");
}
