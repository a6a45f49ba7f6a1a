using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// An export as an ARM template for a subscription or a management group. The expressions of Azure Policy are escaped, so
/// that the deployment leaves them to Azure Policy.
/// </summary>
internal static class PolicyArmTemplate
{
    public static ExportFile File(PolicyExport export)
    {
        bool isGroup = export.Options.Scope.IsManagementGroup;
        JsonArray resources = new();
        foreach (ExportedPolicy policy in export.Policies)
        {
            resources.Add(Resource(PolicyTypes.Definition, policy.Name, Escaped(policy.Properties)));
        }

        JsonObject initiative = (JsonObject)Escaped(export.Initiative)!;
        JsonArray dependsOn = new();
        foreach ((JsonNode? reference, ExportedPolicy policy) in ((JsonArray)initiative["policyDefinitions"]!).Zip(export.Policies, (one, other) => (one, other)))
        {
            string id = IdOf(policy.Name, isGroup);
            ((JsonObject)reference!)["policyDefinitionId"] = id;
            dependsOn.Add(id);
        }

        JsonObject set = Resource(PolicyTypes.Initiative, export.Options.Prefix, initiative);
        set["dependsOn"] = dependsOn;
        resources.Add(set);
        string schema = isGroup ? "managementGroupDeploymentTemplate" : "subscriptionDeploymentTemplate";
        return new ExportFile("azuredeploy.json", ExportJson.Text(new JsonObject
        {
            ["$schema"] = isGroup
                ? $"https://schema.management.azure.com/schemas/2019-08-01/{schema}.json#"
                : $"https://schema.management.azure.com/schemas/2018-05-01/{schema}.json#",
            ["contentVersion"] = "1.0.0.0",
            ["resources"] = resources,
        }));
    }

    private static JsonObject Resource(string type, string name, JsonNode? properties) => new()
    {
        ["type"] = type, ["apiVersion"] = PolicyTypes.ApiVersion, ["name"] = name, ["properties"] = properties,
    };

    private static string IdOf(string name, bool isGroup) => isGroup
        ? $"[extensionResourceId(managementGroup().id, '{PolicyTypes.Definition}', '{name}')]"
        : $"[subscriptionResourceId('{PolicyTypes.Definition}', '{name}')]";

    /// <summary>A copy in which every text that Resource Manager would take for an expression begins with a second bracket.</summary>
    internal static JsonNode? Escaped(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                JsonObject result = new();
                foreach (KeyValuePair<string, JsonNode?> member in members) result[member.Key] = Escaped(member.Value);
                return result;
            case JsonArray items:
                JsonArray list = new();
                foreach (JsonNode? item in items) list.Add(Escaped(item));
                return list;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                string text = value.GetValue<string>();
                return text.Length > 1 && text[0] == '[' && text[text.Length - 1] == ']' ? "[" + text : text;
            default:
                return ExportJson.Copy(node);
        }
    }
}
