using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

public class CompiledPolicyTests
{
    private const string IsServer = """{ "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }""";

    private const string PublicAccess = $$"""
        { "if": { "allOf": [ {{IsServer}},
            { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "equals": "Enabled" } ] },
          "then": { "effect": "audit" } }
        """;

    private const string MinimumTls = $$"""
        { "if": {{IsServer}},
          "then": { "effect": "auditIfNotExists", "details": {
            "type": "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "name": "ssl_min_protocol_version",
            "existenceCondition": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/configurations/value", "in": ["TLSV1.2", "TLSV1.3"] } } } }
        """;

    private const string OpenRule = """
        { "if": { "allOf": [
            { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules" },
            { "field": "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/startIpAddress", "equals": "0.0.0.0" } ] },
          "then": { "effect": "deny" } }
        """;

    private const string Diagnostics = $$"""
        { "if": {{IsServer}},
          "then": { "effect": "AuditIfNotExists", "details": { "type": "Microsoft.Insights/diagnosticSettings",
            "existenceCondition": { "count": { "field": "Microsoft.Insights/diagnosticSettings/logs[*]", "where": { "allOf": [
              { "field": "Microsoft.Insights/diagnosticSettings/logs[*].enabled", "equals": "true" },
              { "field": "Microsoft.Insights/diagnosticSettings/logs[*].categoryGroup", "equals": "allLogs" } ] } }, "equals": 1 } } } }
        """;

    [Theory]
    [InlineData("""{ "properties": { "network": { "publicNetworkAccess": "Enabled" } } }""", PolicyOutcome.NonCompliant)]
    [InlineData("""{ "properties": { "network": { "publicNetworkAccess": "disabled" } } }""", PolicyOutcome.Compliant)]
    [InlineData("""{ "properties": { } }""", PolicyOutcome.Compliant)]
    [InlineData("""{ "properties": { "network": { "publicNetworkAccess": { "$unknown": "a parameter" } } } }""", PolicyOutcome.Unknown)]
    public void Audit(string server, PolicyOutcome expected) =>
        Assert.Equal(expected, Outcome(PublicAccess, new PostureSketch(server)));

    [Fact]
    public void Audit_says_what_was_seen()
    {
        PolicyExplanation explanation = Explain(
            PublicAccess, new PostureSketch("""{ "properties": { "network": { "publicNetworkAccess": "Enabled" } } }"""));
        Evidence evidence = Assert.Single(explanation.Evidence);
        Assert.Equal(PostureSketch.ServerId, evidence.ResourceId);
        Assert.Equal("network.publicNetworkAccess", evidence.Field);
        Assert.Equal("Enabled", evidence.Observed);
        Assert.Equal("not Enabled", evidence.Expected);
    }

    [Fact]
    public void Audit_that_passes_says_what_was_seen_too()
    {
        PolicyExplanation explanation = Explain(
            PublicAccess, new PostureSketch("""{ "properties": { "network": { "publicNetworkAccess": "Disabled" } } }"""));
        Evidence evidence = Assert.Single(explanation.Evidence);
        Assert.Equal("Disabled", evidence.Observed);
        Assert.Equal("not Enabled", evidence.Expected);
    }

    [Theory]
    [InlineData("TLSv1.2", PolicyOutcome.Compliant)]
    [InlineData("TLSv1.1", PolicyOutcome.NonCompliant)]
    public void Existence_of_a_parameter(string value, PolicyOutcome expected)
    {
        PostureSketch sketch = new PostureSketch().Parameter("ssl_min_protocol_version", value);
        Assert.Equal(expected, Outcome(MinimumTls, sketch));
        Evidence evidence = Assert.Single(Explain(MinimumTls, sketch).Evidence);
        Assert.Equal("ssl_min_protocol_version", evidence.Field);
        Assert.Equal(value, evidence.Observed);
        Assert.Equal("one of TLSV1.2, TLSV1.3", evidence.Expected);
    }

    [Fact]
    public void A_parameter_that_a_complete_listing_lacks_fails_and_is_named()
    {
        PolicyExplanation explanation = Explain(MinimumTls, new PostureSketch().Parameter("other", "on"));
        Assert.Equal(PolicyOutcome.NonCompliant, explanation.Outcome);
        Assert.Equal("ssl_min_protocol_version", explanation.MissingRelated);
        Assert.Equal("absent", Assert.Single(explanation.Evidence).Observed);
    }

    [Fact]
    public void A_listing_that_was_refused_is_unknown_with_its_reason()
    {
        PolicyExplanation explanation = Explain(
            MinimumTls, new PostureSketch().With(FacetTypes.Configurations, new FacetGap(FacetGapKind.Unavailable, "403: refused")));
        Assert.Equal(PolicyOutcome.Unknown, explanation.Outcome);
        Assert.Contains("403: refused", Assert.Single(explanation.Reasons));
        Assert.Null(explanation.MissingRelated);
        Assert.Equal(PolicyOutcome.Unknown, Outcome(MinimumTls, new PostureSketch()));
    }

    [Fact]
    public void A_named_child_that_is_known_decides_in_a_partial_listing()
    {
        FacetGap partial = new(FacetGapKind.Partial, "a template");
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(MinimumTls, new PostureSketch().With(
            FacetTypes.Configurations, partial, ("ssl_min_protocol_version", """{ "properties": { "value": "TLSv1" } }"""))));
        Assert.Equal(PolicyOutcome.Unknown, Outcome(MinimumTls, new PostureSketch().With(FacetTypes.Configurations, partial)));
    }

    [Fact]
    public void Every_resource_of_the_type_is_looked_at()
    {
        PostureSketch none = new PostureSketch().With(FacetTypes.FirewallRules);
        PostureSketch fine = new PostureSketch().With(FacetTypes.FirewallRules, ("office", """{ "properties": { "startIpAddress": "1.2.3.4" } }"""));
        PostureSketch open = new PostureSketch().With(
            FacetTypes.FirewallRules,
            ("office", """{ "properties": { "startIpAddress": "1.2.3.4" } }"""),
            ("all", """{ "properties": { "startIpAddress": "0.0.0.0" } }"""));
        Assert.Equal(PolicyOutcome.Compliant, Outcome(OpenRule, none));
        Assert.Equal(PolicyOutcome.Compliant, Outcome(OpenRule, fine));
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(OpenRule, open));
        Assert.EndsWith("/firewallRules/all", Assert.Single(Explain(OpenRule, open).Evidence).ResourceId);
        Assert.Equal(PolicyOutcome.Unknown, Outcome(OpenRule, new PostureSketch()));
        FacetGap partial = new(FacetGapKind.Partial, "filtered");
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(OpenRule, new PostureSketch().With(
            FacetTypes.FirewallRules, partial, ("all", """{ "properties": { "startIpAddress": "0.0.0.0" } }"""))));
        Assert.Equal(PolicyOutcome.Unknown, Outcome(OpenRule, new PostureSketch().With(
            FacetTypes.FirewallRules, partial, ("office", """{ "properties": { "startIpAddress": "1.2.3.4" } }"""))));
    }

    [Fact]
    public void Existence_of_a_resource_of_another_provider()
    {
        const string Good = """{ "properties": { "logs": [ { "category": "x", "enabled": true }, { "categoryGroup": "allLogs", "enabled": true } ] } }""";
        const string Bad = """{ "properties": { "logs": [ { "category": "x", "enabled": true } ] } }""";
        Assert.Equal(PolicyOutcome.Compliant, Outcome(Diagnostics, new PostureSketch().With(FacetTypes.DiagnosticSettings, ("a", Bad), ("b", Good))));
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(Diagnostics, new PostureSketch().With(FacetTypes.DiagnosticSettings, ("a", Bad))));
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(Diagnostics, new PostureSketch().With(FacetTypes.DiagnosticSettings)));
        Assert.Equal(PolicyOutcome.Unknown, Outcome(Diagnostics, new PostureSketch()));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("Manual")]
    [InlineData("denyAction")]
    public void An_effect_that_never_reports_is_not_applicable(string effect)
    {
        PolicyExplanation explanation = Explain(
            $$"""{ "if": {{IsServer}}, "then": { "effect": "{{effect}}" } }""", new PostureSketch());
        Assert.Equal(PolicyOutcome.NotApplicable, explanation.Outcome);
        Assert.Single(explanation.Reasons);
    }

    [Theory]
    [InlineData("Microsoft.Compute/virtualMachines")]
    [InlineData("Microsoft.DBforPostgreSQL/servers")]
    public void A_rule_about_what_the_server_cannot_have_is_not_applicable(string type) =>
        Assert.Equal(PolicyOutcome.NotApplicable, Outcome(
            $$"""{ "if": { "field": "type", "equals": "{{type}}" }, "then": { "effect": "audit" } }""", new PostureSketch()));

    [Fact]
    public void A_single_server_has_no_children_of_a_flexible_one()
    {
        PostureSketch single = new("{}", id: PostureSketch.ServerId.Replace("flexibleServers", "servers"));
        Assert.Equal(PolicyOutcome.NotApplicable, Outcome(OpenRule, single));
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(
            """{ "if": { "field": "type", "equals": "Microsoft.DBforPostgreSQL/servers" }, "then": { "effect": "audit" } }""", single));
    }

    [Fact]
    public void A_rule_without_a_condition_on_the_type_is_about_the_server_or_its_aliases()
    {
        const string Tags = """{ "if": { "field": "tags['owner']", "exists": "false" }, "then": { "effect": "audit" } }""";
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(Tags, new PostureSketch()));
        Assert.Equal(PolicyOutcome.Compliant, Outcome(Tags, new PostureSketch("""{ "tags": { "Owner": "me" } }""")));
        Assert.Equal([FacetTypes.Server], Compile(Tags).Types);

        const string Alias = """
            { "if": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/startIpAddress", "equals": "0.0.0.0" },
              "then": { "effect": "audit" } }
            """;
        Assert.Equal([FacetTypes.FirewallRules], Compile(Alias).Types);
        Assert.Equal(PolicyOutcome.Unknown, Outcome(Alias, new PostureSketch()));
    }

    [Fact]
    public void If_that_matches_nothing_leaves_an_existence_policy_without_application()
    {
        string rule = MinimumTls.Replace(IsServer, $$"""{ "allOf": [ {{IsServer}}, { "field": "location", "equals": "westus" } ] }""");
        Assert.Equal(PolicyOutcome.NotApplicable, Outcome(rule, new PostureSketch("""{ "location": "East US" }""")));
        Assert.Equal(PolicyOutcome.Unknown, Outcome(rule, new PostureSketch("""{ "location": "West US" }""")));
    }

    [Theory]
    [InlineData("\"Default\"", PolicyOutcome.Compliant)]
    [InlineData("\"[concat(field('name'), '/default')]\"", PolicyOutcome.Compliant)]
    [InlineData("\"[concat(field('name'), '/?')]\"", PolicyOutcome.Compliant)]
    [InlineData("\"pg/*\"", PolicyOutcome.Compliant)]
    [InlineData("\"other/?\"", PolicyOutcome.NonCompliant)]
    [InlineData("\"other\"", PolicyOutcome.NonCompliant)]
    [InlineData("\"[resourceGroup().location]\"", PolicyOutcome.Unknown)]
    public void The_name_of_the_related_resource(string name, PolicyOutcome expected)
    {
        string rule = $$"""
            { "if": {{IsServer}}, "then": { "effect": "auditIfNotExists", "details": {
                "type": "Microsoft.DBforPostgreSQL/flexibleservers/advancedThreatProtectionSettings", "name": {{name}},
                "evaluationDelay": "AfterProvisioning", "roleDefinitionIds": [],
                "existenceCondition": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings/state", "equals": "Enabled" } } } }
            """;
        Assert.Equal(expected, Outcome(rule, new PostureSketch().With(
            FacetTypes.ThreatProtection, ("Default", """{ "properties": { "state": "Enabled" } }"""))));
    }

    [Fact]
    public void The_function_field_reads_the_resource_of_if_and_a_field_condition_the_related_one()
    {
        const string Rule = $$"""
            { "if": {{IsServer}}, "then": { "effect": "auditIfNotExists", "details": {
                "type": "Microsoft.KeyVault/vaults", "existenceScope": "Subscription",
                "existenceCondition": { "field": "location", "equals": "[field('location')]" } } } }
            """;
        Assert.Equal(PolicyOutcome.Compliant, Outcome(Rule, new PostureSketch("""{ "location": "East US" }""")
            .With(FacetTypes.Vaults, ("v", """{ "location": "eastus" }"""))));
        Assert.Equal(PolicyOutcome.NonCompliant, Outcome(Rule, new PostureSketch("""{ "location": "East US" }""")
            .With(FacetTypes.Vaults, ("v", """{ "location": "westus" }"""))));
    }

    [Fact]
    public void Values_of_parameters_reach_the_rule()
    {
        PolicyDefinition definition = PolicyDefinition.Load(PostureSketch.Json($$"""
            { "name": "x", "properties": { "displayName": "Retention", "mode": "All",
              "parameters": {
                "effect": { "type": "string", "defaultValue": "Audit", "allowedValues": ["Audit", "Disabled"] },
                "days": { "type": "Integer", "metadata": { "description": "Days to keep" } } },
              "policyRule": { "if": { "allOf": [ {{IsServer}},
                  { "field": "Microsoft.DBforPostgreSQL/flexibleServers/backup.backupRetentionDays", "less": "[parameters('days')]" } ] },
                "then": { "effect": "[parameters('effect')]" } } } }
            """), "x.json");
        Assert.Equal("Days to keep", definition.Parameters[1].Description);
        Posture posture = new PostureSketch("""{ "properties": { "backup": { "backupRetentionDays": 14 } } }""").Build();
        Assert.Equal(PolicyOutcome.Compliant, definition.Compile(Values("days", "7")).Evaluate(posture));
        Assert.Equal(PolicyOutcome.NonCompliant, definition.Compile(Values("DAYS", "35")).Evaluate(posture));
        Assert.Contains("'days' has neither", Assert.Throws<PolicyLoadException>(() => definition.Compile()).Problem);
        Assert.Contains("not of the parameter's type Integer", Assert.Throws<PolicyLoadException>(() => definition.Compile(Values("days", "\"7\""))).Problem);
        Assert.Contains("valid are effect, days", Assert.Throws<PolicyLoadException>(() => definition.Compile(Values("day", "7"))).Problem);
        Assert.Contains("case matters", Assert.Throws<PolicyLoadException>(() => definition.Compile(Values("effect", "\"audit\""))).Problem);
    }

    [Fact]
    public void A_pass_allocates_nothing()
    {
        CompiledPolicy tls = Compile(MinimumTls);
        CompiledPolicy access = Compile(PublicAccess);
        CompiledPolicy diagnostics = Compile(Diagnostics);
        Posture posture = new PostureSketch("""{ "properties": { "network": { "PublicNetworkAccess": "DISABLED" } } }""")
            .Parameter("ssl_min_protocol_version", "TLSv1.2")
            .With(FacetTypes.DiagnosticSettings, ("a", """{ "properties": { "logs": [ { "category": "x", "enabled": true, "Retention": 1 }, { "CategoryGroup": "allLogs", "enabled": true } ] } }"""))
            .Build();
        foreach (CompiledPolicy policy in new[] { tls, access, diagnostics })
        {
            Assert.Equal(PolicyOutcome.Compliant, policy.Evaluate(posture));
            policy.Evaluate(posture);
            long before = GC.GetAllocatedBytesForCurrentThread();
            policy.Evaluate(posture);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() == before, string.Join(", ", policy.Types));
        }
    }

    [Fact]
    public void The_built_in_definitions_load_and_evaluate()
    {
        if (SharedData.Folder("policy") is not { } folder) return;
        Posture posture = new PostureSketch("""{ "location": "East US", "properties": { "network": { "publicNetworkAccess": "Enabled" } } }""").Build();
        foreach (string file in Directory.GetFiles(folder, "*.json"))
        {
            PolicyDefinition definition = PolicyDefinition.Load(PostureSketch.Json(File.ReadAllText(file)), file);
            Dictionary<string, JsonElement> values = definition.Parameters
                .Where(parameter => parameter.DefaultValue is null)
                .ToDictionary(parameter => parameter.Name, _ => PostureSketch.Json("\"x\""));
            CompiledPolicy policy = definition.Compile(values);
            PolicyExplanation explanation = policy.Explain(posture);
            Assert.True(Guid.TryParse(definition.Name, out _), file);
            Assert.True((explanation.Outcome == PolicyOutcome.NotApplicable) == (policy.Effect == PolicyEffect.Disabled), file);
            if (explanation.Outcome == PolicyOutcome.Unknown) Assert.NotEmpty(explanation.Reasons);
        }
    }

    private static Dictionary<string, JsonElement> Values(string name, string json) => new() { [name] = PostureSketch.Json(json) };

    private static CompiledPolicy Compile(string rule) => PolicyDefinition.Load(PostureSketch.Json(rule), "test").Compile();

    private static PolicyOutcome Outcome(string rule, PostureSketch sketch)
    {
        Posture posture = sketch.Build();
        CompiledPolicy policy = Compile(rule);
        PolicyOutcome outcome = policy.Evaluate(posture);
        PolicyExplanation explanation = policy.Explain(posture);
        Assert.Equal(outcome, explanation.Outcome);
        if (outcome == PolicyOutcome.NonCompliant) Assert.NotEmpty(explanation.Evidence);
        if (outcome is PolicyOutcome.Unknown or PolicyOutcome.NotApplicable) Assert.NotEmpty(explanation.Reasons);
        return outcome;
    }

    private static PolicyExplanation Explain(string rule, PostureSketch sketch) => Compile(rule).Explain(sketch.Build());
}
