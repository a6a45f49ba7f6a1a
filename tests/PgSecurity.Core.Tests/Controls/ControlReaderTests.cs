using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>A control's file is read strictly: every fault is named with its place, and the other files load.</summary>
public sealed class ControlReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("pgsecurity-controls").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_sound_file_loads()
    {
        ControlCatalog catalog = Load(("Network", "NET-901", Sound("NET-901")));

        Assert.Empty(catalog.Errors);
        ControlDefinition control = Assert.Single(catalog.Controls);
        Assert.Equal(("NET-901", "Network", Severity.High), (control.Id, control.Section, control.Severity));
        Assert.Single(control.Remediation.Steps);
    }

    [Theory]
    [InlineData("severity", "\"Hihg\"", "/properties/metadata/pgSecurity/severity")]
    [InlineData("section", "\"Networking\"", "/properties/metadata/pgSecurity/section")]
    [InlineData("sevrity", "\"High\"", "/properties/metadata/pgSecurity/sevrity")]
    [InlineData("id", "\"NET-902\"", "/properties/metadata/pgSecurity/id")]
    [InlineData("id", "\"LOG-901\"", "/properties/metadata/pgSecurity/id")]
    [InlineData("profiles", "[\"basline\"]", "/properties/metadata/pgSecurity/profiles/0")]
    [InlineData("rationale", "\"\"", "/properties/metadata/pgSecurity/rationale")]
    [InlineData("references", "[\"www.example.org\"]", "/properties/metadata/pgSecurity/references/0")]
    [InlineData("benchmarks", "[{\"benchmark\":\"CIS\",\"version\":\"1\",\"number\":\"1\",\"mapping\":\"official\"}]", "/properties/metadata/pgSecurity/benchmarks/0/benchmark")]
    [InlineData("benchmarks", "[{\"benchmark\":\"MCSB\",\"version\":\"v1\",\"number\":\"1\",\"mapping\":\"certain\"}]", "/properties/metadata/pgSecurity/benchmarks/0/mapping")]
    [InlineData("replaces", "[{\"peer\":\"Trivy\"}]", "/properties/metadata/pgSecurity/replaces/0")]
    [InlineData("appliesTo", "[{\"condition\":{\"field\":\"name\",\"exists\":\"true\"}}]", "/properties/metadata/pgSecurity/appliesTo/0")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"reversible\"}", "/properties/metadata/pgSecurity/remediation")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"maybe\",\"manual\":\"m\"}", "/properties/metadata/pgSecurity/remediation/class")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"reversible\",\"steps\":[{\"action\":\"setParamter\"}]}", "/properties/metadata/pgSecurity/remediation/steps/0/action")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"reversible\",\"steps\":[{\"action\":\"setParameter\",\"name\":\"a\"}]}", "/properties/metadata/pgSecurity/remediation/steps/0")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"reversible\",\"steps\":[{\"action\":\"setParameter\",\"name\":\"a\",\"value\":\"[nothing('x')]\"}]}", "/properties/metadata/pgSecurity/remediation/steps/0/value")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"reversible\",\"steps\":[{\"action\":\"deleteResources\",\"type\":\"Microsoft.Sql/servers\"}]}", "/properties/metadata/pgSecurity/remediation/steps/0/type")]
    [InlineData("remediation", "{\"text\":\"t\",\"class\":\"reversible\",\"steps\":[{\"action\":\"runSql\",\"file\":\"../x.sql\"}]}", "/properties/metadata/pgSecurity/remediation/steps/0/file")]
    public void A_fault_is_named_with_its_place(string member, string value, string pointer)
    {
        JsonObject broken = Sound("NET-901");
        broken["properties"]!["metadata"]!["pgSecurity"]![member] = JsonNode.Parse(value);

        ControlCatalog catalog = Load(("Network", "NET-901", broken), ("Network", "NET-903", Sound("NET-903")));

        Assert.Contains(catalog.Errors, error => error.Pointer == pointer);
        Assert.All(catalog.Errors, error => Assert.True(error.File.EndsWith("NET-901.json", StringComparison.Ordinal) && error.Advice.Length > 0));
        Assert.Equal("NET-903", Assert.Single(catalog.Controls).Id);
    }

    [Fact]
    public void A_file_that_is_no_json_names_its_line()
    {
        Load(("Network", "NET-901", Sound("NET-901")));
        File.WriteAllText(Path.Combine(_directory, "Network", "NET-904.json"), "{\n  \"name\": \n}");

        ControlCatalog catalog = ControlCatalog.Load(_directory);

        Assert.Contains("line 3", Assert.Single(catalog.Errors).Advice, StringComparison.Ordinal);
        Assert.Single(catalog.Controls);
    }

    [Fact]
    public void A_rule_that_is_not_valid_names_its_place()
    {
        JsonObject broken = Sound("NET-901");
        broken["properties"]!["policyRule"]!["if"] = JsonNode.Parse("""{ "field": "type", "eqals": "x" }""");

        Assert.StartsWith("/properties/policyRule/if", Assert.Single(Load(("Network", "NET-901", broken)).Errors).Pointer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_has_one_meaning_in_all_controls()
    {
        JsonObject one = Sound("NET-901");
        JsonObject other = Sound("NET-902");
        foreach ((JsonObject control, int value) in new[] { (one, 1), (other, 2) })
        {
            control["properties"]!["parameters"]!["limit"] = JsonNode.Parse(
                $$"""{ "type": "Integer", "defaultValue": {{value}}, "metadata": { "description": "How many." } }""");
        }

        ControlCatalog catalog = Load(("Network", "NET-901", one), ("Network", "NET-902", other));

        Assert.Equal("/properties/parameters/limit", Assert.Single(catalog.Errors).Pointer);
        Assert.Equal("NET-901", Assert.Single(catalog.Controls).Id);
    }

    private ControlCatalog Load(params (string Section, string Name, JsonObject Content)[] files)
    {
        foreach ((string section, string name, JsonObject content) in files)
        {
            Directory.CreateDirectory(Path.Combine(_directory, section));
            File.WriteAllText(Path.Combine(_directory, section, name + ".json"), content.ToJsonString());
        }

        return ControlCatalog.Load(_directory);
    }

    private static JsonObject Sound(string id) => (JsonObject)JsonNode.Parse($$"""
        { "name": "{{id}}", "type": "Microsoft.Authorization/policyDefinitions", "properties": {
          "displayName": "Public access is off", "description": "d", "policyType": "Custom", "mode": "All",
          "metadata": { "version": "1.0.0", "category": "PostgreSQL", "pgSecurity": {
            "id": "{{id}}", "section": "Network", "severity": "High", "guide": "g", "rationale": "r", "impact": "i", "profiles": ["baseline"],
            "remediation": { "text": "t", "class": "reversible", "steps": [ { "action": "setProperties", "type": "Microsoft.DBforPostgreSQL/flexibleServers",
              "properties": { "network": { "publicNetworkAccess": "Disabled" } } } ] } } },
          "parameters": { "effect": { "type": "String", "defaultValue": "Audit", "allowedValues": ["Audit", "Deny", "Disabled"] } },
          "policyRule": { "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" },
            { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "notEquals": "Disabled" } ] },
            "then": { "effect": "[parameters('effect')]" } } } }
        """)!;
}
