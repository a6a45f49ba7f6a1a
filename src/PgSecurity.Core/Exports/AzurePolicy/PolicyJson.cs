using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// An export as files of JSON: whole resources for <c>New-AzPolicyDefinition -Policy</c> and the REST API, and under
/// <c>az/</c> the parts that <c>az policy</c> wants apart.
/// </summary>
internal static class PolicyJson
{
    public static IReadOnlyList<ExportFile> Files(PolicyExport export)
    {
        List<ExportFile> files = new();
        foreach (ExportedPolicy policy in export.Policies)
        {
            files.Add(Whole($"definitions/{policy.Control.Id}.json", policy.Name, PolicyTypes.Definition, policy.Properties));
            files.Add(Part($"az/{policy.Control.Id}.rules.json", policy.Properties["policyRule"]!));
            files.Add(Part($"az/{policy.Control.Id}.params.json", policy.Properties["parameters"]!));
        }

        files.Add(Whole("initiative.json", export.Options.Prefix, PolicyTypes.Initiative, export.Initiative));
        files.Add(Part("az/initiative.definitions.json", export.Initiative["policyDefinitions"]!));
        files.Add(Part("az/initiative.params.json", export.Initiative["parameters"]!));
        files.Add(Part("az/initiative.groups.json", export.Initiative["policyDefinitionGroups"]!));
        return files;
    }

    private static ExportFile Whole(string path, string name, string type, JsonObject properties) =>
        Part(path, new JsonObject { ["name"] = name, ["type"] = type, ["properties"] = ExportJson.Copy(properties) });

    private static ExportFile Part(string path, JsonNode content) => new(path, ExportJson.Text(content));
}
