using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Exports;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Policy;
using Xunit;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>The forms in which the export is written, each read back by a reader of its own.</summary>
public class PolicyFilesTests
{
    [Fact]
    public void Files_of_JSON_hold_every_definition_whole_and_in_parts()
    {
        Dictionary<string, JsonNode> files = PolicyFiles.Of(CatalogueExport.Whole, PolicyFormat.Json)
            .ToDictionary(file => file.Path, file => JsonNode.Parse(file.Content)!);
        foreach (ExportedPolicy policy in CatalogueExport.Whole.Policies)
        {
            JsonNode whole = files[$"definitions/{policy.Control.Id}.json"];
            Assert.Equal(policy.Name, (string?)whole["name"]);
            Assert.True(JsonNode.DeepEquals(whole["properties"]!["policyRule"], files[$"az/{policy.Control.Id}.rules.json"]));
            Assert.True(JsonNode.DeepEquals(whole["properties"]!["parameters"], files[$"az/{policy.Control.Id}.params.json"]));
            PolicyDefinition.Load(JsonSerializer.SerializeToElement(whole), policy.Name);
        }

        Assert.True(JsonNode.DeepEquals(files["initiative.json"]["properties"]!["policyDefinitionGroups"], files["az/initiative.groups.json"]));
    }

    [Theory]
    [InlineData(false, "subscriptionDeploymentTemplate", "subscriptionResourceId(")]
    [InlineData(true, "managementGroupDeploymentTemplate", "extensionResourceId(managementGroup().id")]
    public void A_template_leaves_the_expressions_of_policy_to_policy(bool isGroup, string schema, string id)
    {
        PolicyExport export = CatalogueExport.Of(isGroup ? PolicyScope.ManagementGroup("contoso") : PolicyScope.Subscription(Guid.Empty));
        JsonNode template = JsonNode.Parse(PolicyFiles.Of(export, PolicyFormat.Arm).Single(file => file.Path == "azuredeploy.json").Content)!;
        Assert.Contains(schema, (string?)template["$schema"], StringComparison.Ordinal);
        JsonArray resources = (JsonArray)template["resources"]!;
        Assert.Equal(export.Policies.Count + 1, resources.Count);
        foreach ((JsonNode? resource, ExportedPolicy policy) in resources.Zip(export.Policies))
        {
            // What Resource Manager makes of the template is the definition.
            Assert.True(JsonNode.DeepEquals(policy.Properties, Deployed(resource!["properties"])), policy.Name);
        }

        JsonNode initiative = resources[^1]!;
        Assert.All((JsonArray)initiative["properties"]!["policyDefinitions"]!, one =>
            Assert.StartsWith("[" + id, (string)one!["policyDefinitionId"]!, StringComparison.Ordinal));
        Assert.Equal(export.Policies.Count, ((JsonArray)initiative["dependsOn"]!).Count);
    }

    [Fact]
    public void Bicep_says_the_same()
    {
        string bicep = PolicyFiles.Of(CatalogueExport.Whole, PolicyFormat.Bicep).Single(file => file.Path == "main.bicep").Content;
        Assert.StartsWith("targetScope = 'subscription'\n", bicep, StringComparison.Ordinal);
        Dictionary<string, JsonNode> read = BicepText.Resources(bicep);
        Assert.Equal(CatalogueExport.Whole.Policies.Count + 1, read.Count);
        foreach (ExportedPolicy policy in CatalogueExport.Whole.Policies)
        {
            Assert.True(JsonNode.DeepEquals(policy.Properties, read[policy.Name]["properties"]), policy.Name);
        }

        JsonNode initiative = read[CatalogueExport.Whole.Options.Prefix];
        Assert.Equal("controlNET001.id", (string?)((JsonArray)initiative["properties"]!["policyDefinitions"]!)
            .Single(one => (string)one!["policyDefinitionReferenceId"]! == "NET-001")!["policyDefinitionId"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with/slash")]
    [InlineData("ends.")]
    public void A_name_that_is_no_management_group_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => PolicyScope.ManagementGroup(name));

    private static JsonNode? Deployed(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Deployed(member.Value)))),
        JsonArray items => new JsonArray(items.Select(Deployed).ToArray()),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    private static string Text(string text)
    {
        if (!text.StartsWith('[') || !text.EndsWith(']')) return text;
        return text.StartsWith("[[", StringComparison.Ordinal)
            ? text[1..]
            : throw new InvalidOperationException($"Resource Manager would evaluate {text}.");
    }
}
