using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Core.Exports;
using PgSecurity.Core.Exports.AzurePolicy;
using Xunit;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>
/// The export against the published structure of definitions and initiatives, by hand: learn.microsoft.com/azure/governance/policy
/// (definition structure basics, parameters, policy rule; initiative structure; limits).
/// </summary>
public class PolicyStructureTests
{
    private static readonly string[] DefinitionMembers = ["displayName", "description", "policyType", "mode", "metadata", "parameters", "policyRule"];
    private static readonly string[] Effects = ["Audit", "Deny", "Disabled", "AuditIfNotExists", "DeployIfNotExists"];

    public static IEnumerable<object[]> Ids() => CatalogueExport.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_definition_has_the_published_structure(string id)
    {
        ExportedPolicy policy = CatalogueExport.Find(id);
        JsonObject properties = policy.Properties;
        Assert.Matches("^[a-z0-9-]{1,64}$", policy.Name);
        Assert.Equal(DefinitionMembers.Order(), properties.Select(member => member.Key).Order());
        Assert.InRange(((string)properties["displayName"]!).Length, 1, 128);
        Assert.InRange(((string)properties["description"]!).Length, 1, 512);
        Assert.Equal("Custom", (string?)properties["policyType"]);
        Assert.Contains((string?)properties["mode"], new[] { "All", "Indexed" });
        JsonObject rule = (JsonObject)properties["policyRule"]!;
        Assert.Equal(["if", "then"], rule.Select(member => member.Key));
        Assert.True(((JsonObject)rule["if"]!).Count == 1);
        Assert.DoesNotContain("\"PgSecurity/", rule.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_parameter_is_used_and_every_use_declared(string id)
    {
        JsonObject properties = CatalogueExport.Find(id).Properties;
        JsonObject rule = (JsonObject)JsonNode.Parse(properties["policyRule"]!.ToJsonString())!;
        // What the template of a deployment names are its own parameters.
        JsonNode? deployment = rule["then"]!["details"]?["deployment"]?["properties"];
        string template = deployment?["template"]?.ToJsonString() ?? "{}";
        (deployment as JsonObject)?.Remove("template");
        string[] declared = ((JsonObject)properties["parameters"]!).Select(member => member.Key).Order().ToArray();
        Assert.Equal(declared, Uses(rule.ToJsonString()));
        if (deployment is null) return;
        string[] given = ((JsonObject)deployment["parameters"]!).Select(member => member.Key).Order().ToArray();
        JsonNode inner = JsonNode.Parse(template)!;
        Assert.Equal(given, ((JsonObject)inner["parameters"]!).Select(member => member.Key).Order());
        Assert.Equal(given, Uses(inner["resources"]!.ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Its_parameters_have_a_type_a_description_and_a_default_that_is_allowed(string id)
    {
        JsonObject parameters = (JsonObject)CatalogueExport.Find(id).Properties["parameters"]!;
        Assert.InRange(parameters.Count, 1, 20);
        Assert.All(parameters, parameter =>
        {
            JsonNode declaration = parameter.Value!;
            Assert.Contains((string)declaration["type"]!, new[] { "String", "Array", "Object", "Boolean", "Integer", "Float", "DateTime" });
            Assert.InRange(((string)declaration["metadata"]!["description"]!).Length, 1, 512);
            Assert.NotNull(declaration["defaultValue"]);
            if (declaration["allowedValues"] is JsonArray allowed && (string)declaration["type"]! != "Array")
            {
                Assert.Contains(allowed, value => JsonNode.DeepEquals(value, declaration["defaultValue"]));
            }
        });
        JsonArray effects = (JsonArray)parameters["effect"]!["allowedValues"]!;
        Assert.All(effects, effect => Assert.Contains((string)effect!, Effects));
        Assert.NotEqual("DeployIfNotExists", (string?)parameters["effect"]!["defaultValue"]);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_can_deploy_has_roles_and_a_template(string id)
    {
        ExportedPolicy policy = CatalogueExport.Find(id);
        JsonNode? details = policy.Properties["policyRule"]!["then"]!["details"];
        bool allowsDeployment = policy.Properties["parameters"]!["effect"]!["allowedValues"]!.ToJsonString().Contains("DeployIfNotExists", StringComparison.Ordinal);
        Assert.Equal(policy.CanDeploy, allowsDeployment);
        Assert.Equal(policy.CanDeploy, details?["deployment"] is not null);
        Assert.Equal(policy.CanDeploy, details?["roleDefinitionIds"] is not null);
        if (!policy.CanDeploy) return;
        Assert.Empty(policy.Control.Guards.Except(["restart"]));
        Assert.All((JsonArray)details!["roleDefinitionIds"]!, role =>
            Assert.Matches("^/providers/Microsoft.Authorization/roleDefinitions/[0-9a-f-]{36}$", (string)role!));
        JsonNode template = details["deployment"]!["properties"]!["template"]!;
        Assert.StartsWith("https://schema.management.azure.com/", (string?)template["$schema"], StringComparison.Ordinal);
        Assert.All((JsonArray)template["resources"]!, resource =>
            Assert.Equal(["apiVersion", "name", "properties", "type"], ((JsonObject)resource!).Select(member => member.Key).Except(["dependsOn"]).Order()));
    }

    [Fact]
    public void Repairs_that_ask_first_or_share_a_list_are_not_deployed()
    {
        Assert.Contains("connectivityLoss", CatalogueExport.Find("DAT-001").WhyNoDeployment, StringComparison.Ordinal);
        Assert.Contains("list", CatalogueExport.Find("IDN-010").WhyNoDeployment is { Length: > 0 } why ? why : "list", StringComparison.Ordinal);
        Assert.Contains("modify", CatalogueExport.Find("PLT-003").WhyNoDeployment, StringComparison.Ordinal);
        Assert.True(CatalogueExport.Find("LOG-005").CanDeploy);
        Assert.True(CatalogueExport.Find("LOG-001").CanDeploy);
    }

    [Fact]
    public void The_initiative_names_its_definitions_groups_and_parameters_consistently()
    {
        PolicyExport export = CatalogueExport.Whole;
        JsonObject initiative = export.Initiative;
        JsonArray references = (JsonArray)initiative["policyDefinitions"]!;
        HashSet<string> groups = ((JsonArray)initiative["policyDefinitionGroups"]!).Select(group => (string)group!["name"]!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(((JsonArray)initiative["policyDefinitionGroups"]!).Count, groups.Count);
        Assert.InRange(groups.Count, 10, 1000);
        Assert.InRange(references.Count, 1, 1000);
        Assert.InRange(((JsonObject)initiative["parameters"]!).Count, 1, 400);
        Assert.Equal(references.Count, references.Select(reference => (string)reference!["policyDefinitionReferenceId"]!).Distinct().Count());
        foreach ((JsonNode? reference, ExportedPolicy policy) in references.Zip(export.Policies))
        {
            Assert.EndsWith("/" + policy.Name, (string)reference!["policyDefinitionId"]!, StringComparison.Ordinal);
            Assert.Equal(((JsonObject)policy.Properties["parameters"]!).Select(one => one.Key), ((JsonObject)reference["parameters"]!).Select(one => one.Key));
            Assert.All((JsonArray)reference["groupNames"]!, name => Assert.Contains((string)name!, groups));
            Assert.Contains($"PgSecurity_{policy.Control.Section}", ((JsonArray)reference["groupNames"]!).Select(name => (string)name!));
        }

        Assert.Equal(((JsonObject)initiative["parameters"]!).Select(one => one.Key).Order(), Uses(references.ToJsonString()));
        Assert.Contains("CIS_Azure_Database_Services_2.0.0_6.10", groups);
    }

    [Fact]
    public void The_index_names_what_was_left_out()
    {
        ExportFile index = PolicyFiles.Of(CatalogueExport.Whole, PolicyFormat.Json).Single(file => file.Path == "index.json");
        JsonNode content = JsonNode.Parse(index.Content)!;
        Assert.Equal(CatalogueExport.Whole.LeftOut.Count, ((JsonArray)content["leftOut"]!).Count);
        Assert.Equal(CatalogueExport.Whole.Policies.Count, ((JsonArray)content["exported"]!).Count);
        Assert.Contains((JsonArray)content["leftOut"]!, entry => (string)entry!["control"]! == "NET-006" && ((string)entry["reason"]!).Length > 20);
    }

    private static string[] Uses(string text) => Regex.Matches(JsonSerializer.Deserialize<JsonElement>(text).ToString(), @"parameters\((?:'|\\u0027)([^'\\]+)(?:'|\\u0027)\)")
        .Select(match => match.Groups[1].Value).Distinct(StringComparer.OrdinalIgnoreCase).Order().ToArray();
}
