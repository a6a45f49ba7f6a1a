using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Benchmarks;

/// <summary>One policy on one posture that passes it: below 200 ns in the median, and nothing allocated.</summary>
[MemoryDiagnoser]
public class PolicyEvaluation
{
    private const string Id =
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";

    private const string IsServer = """{ "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }""";

    private const string PropertyRule = $$"""
        { "if": { "allOf": [ {{IsServer}},
            { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "notEquals": "Disabled" } ] },
          "then": { "effect": "audit" } }
        """;

    private const string ParameterRule = $$"""
        { "if": {{IsServer}}, "then": { "effect": "auditIfNotExists", "details": {
            "type": "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "name": "ssl_min_protocol_version",
            "existenceCondition": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/configurations/value", "in": ["TLSv1.2", "TLSv1.3"] } } } }
        """;

    private const string FirewallRule = """
        { "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules" },
            { "field": "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/startIpAddress", "equals": "0.0.0.0" } ] },
          "then": { "effect": "audit" } }
        """;

    private readonly CompiledPolicy _property = Compile(PropertyRule);
    private readonly CompiledPolicy _parameter = Compile(ParameterRule);
    private readonly CompiledPolicy _firewall = Compile(FirewallRule);
    private readonly JsonElement _rule = Json(ParameterRule);
    private readonly Posture _posture = MakePosture();

    /// <summary>A property of the server.</summary>
    [Benchmark]
    public PolicyOutcome ServerProperty() => _property.Evaluate(_posture);

    /// <summary>A server parameter among 437.</summary>
    [Benchmark]
    public PolicyOutcome ServerParameter() => _parameter.Evaluate(_posture);

    /// <summary>Ten firewall rules.</summary>
    [Benchmark]
    public PolicyOutcome FirewallRules() => _firewall.Evaluate(_posture);

    /// <summary>Reading, checking and compiling a definition.</summary>
    [Benchmark]
    public CompiledPolicy Load() => PolicyDefinition.Load(_rule, "benchmark").Compile();

    private static CompiledPolicy Compile(string rule) => PolicyDefinition.Load(Json(rule), "benchmark").Compile();

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static Posture MakePosture()
    {
        Resource server = new(Id, FacetTypes.Server, "pg", Json("""
            { "location": "East US", "tags": { "env": "prod" }, "sku": { "name": "Standard_D2ds_v5", "tier": "GeneralPurpose" },
              "properties": { "version": "16", "state": "Ready", "administratorLogin": "a", "minorVersion": "6",
                "fullyQualifiedDomainName": "pg.postgres.database.azure.com", "availabilityZone": "1", "createMode": null,
                "storage": { "storageSizeGB": 128, "autoGrow": "Enabled" }, "backup": { "backupRetentionDays": 14 },
                "network": { "publicNetworkAccess": "Disabled" }, "highAvailability": { "mode": "ZoneRedundant" },
                "authConfig": { "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled" }, "replicationRole": "Primary" } }
            """));
        IEnumerable<Resource> parameters = Enumerable.Range(0, 436)
            .Select(i => Child(FacetTypes.Configurations, "p" + i.ToString(CultureInfo.InvariantCulture), """{ "properties": { "value": "on" } }"""))
            .Append(Child(FacetTypes.Configurations, "ssl_min_protocol_version", """
                { "properties": { "value": "TLSv1.3", "description": "Minimum TLS version", "defaultValue": "TLSv1.2", "dataType": "Enumeration",
                  "allowedValues": "TLSv1.2,TLSv1.3", "source": "user-override", "isDynamicConfig": true, "isReadOnly": false } }
                """));
        IEnumerable<Resource> rules = Enumerable.Range(1, 10).Select(i => Child(
            FacetTypes.FirewallRules,
            "r" + i.ToString(CultureInfo.InvariantCulture),
            $$"""{ "properties": { "startIpAddress": "10.0.0.{{i.ToString(CultureInfo.InvariantCulture)}}", "endIpAddress": "10.0.0.99" } }"""));
        return new Posture(
            ServerId.Parse(Id),
            server,
            [new Facet(FacetTypes.Configurations, parameters.ToArray()), new Facet(FacetTypes.FirewallRules, rules.ToArray())],
            "benchmark",
            new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));
    }

    private static Resource Child(string type, string name, string body) => new($"{Id}/{type.Split('/').Last()}/{name}", type, name, Json(body));
}
