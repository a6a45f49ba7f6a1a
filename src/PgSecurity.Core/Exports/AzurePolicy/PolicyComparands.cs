using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// What conditions compare with, in the form that the published schema of definitions takes: a text or a number. Azure
/// Policy compares a truth with its text, as Microsoft's own definitions do (<c>"equals": "true"</c>).
/// </summary>
internal static class PolicyComparands
{
    private static readonly string[] Operators = { "equals", "notEquals" };

    /// <summary>Writes the truths that a condition compares with as text, in place.</summary>
    public static void WriteAsText(JsonNode? condition)
    {
        switch (condition)
        {
            case JsonObject members:
                foreach (string name in Operators.Where(name => members[name]?.GetValueKind() is JsonValueKind.True or JsonValueKind.False))
                {
                    members[name] = members[name]!.GetValueKind() == JsonValueKind.True ? "true" : "false";
                }

                foreach (KeyValuePair<string, JsonNode?> member in members.ToList()) WriteAsText(member.Value);
                break;
            case JsonArray items:
                foreach (JsonNode? item in items) WriteAsText(item);
                break;
        }
    }
}
