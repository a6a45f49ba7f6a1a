using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>An export as a Bicep file for a subscription or a management group. Bicep escapes the expressions itself.</summary>
internal static class PolicyBicep
{
    private const string IdHere = "policyDefinitionId";

    public static ExportFile File(PolicyExport export)
    {
        StringBuilder text = new();
        text.Append("targetScope = '").Append(export.Options.Scope.IsManagementGroup ? "managementGroup" : "subscription").Append("'\n");
        foreach (ExportedPolicy policy in export.Policies)
        {
            Resource(text, Symbol(policy.Control.Id), PolicyTypes.Definition, policy.Name, policy.Properties, new Queue<string>());
        }

        Queue<string> ids = new(export.Policies.Select(policy => Symbol(policy.Control.Id) + ".id"));
        Resource(text, "initiative", PolicyTypes.Initiative, export.Options.Prefix, export.Initiative, ids);
        return new ExportFile("main.bicep", text.ToString());
    }

    private static void Resource(StringBuilder text, string symbol, string type, string name, JsonObject properties, Queue<string> ids)
    {
        text.Append("\nresource ").Append(symbol).Append(" '").Append(type).Append('@').Append(PolicyTypes.ApiVersion).Append("' = {\n  name: ")
            .Append(Literal(name)).Append("\n  properties: ");
        Write(text, properties, 1, ids);
        text.Append("\n}\n");
    }

    private static string Symbol(string id) => "control" + string.Concat(id.Where(char.IsLetterOrDigit));

    private static void Write(StringBuilder text, JsonNode? node, int depth, Queue<string> ids)
    {
        switch (node)
        {
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonObject members:
                text.Append("{\n");
                foreach (KeyValuePair<string, JsonNode?> member in members)
                {
                    Indent(text, depth + 1).Append(Key(member.Key)).Append(": ");
                    if (member.Key == IdHere && ids.Count > 0) text.Append(ids.Dequeue());
                    else Write(text, member.Value, depth + 1, ids);
                    text.Append('\n');
                }

                Indent(text, depth).Append('}');
                break;
            case JsonArray { Count: 0 }:
                text.Append("[]");
                break;
            case JsonArray items:
                text.Append("[\n");
                foreach (JsonNode? item in items)
                {
                    Indent(text, depth + 1);
                    Write(text, item, depth + 1, ids);
                    text.Append('\n');
                }

                Indent(text, depth).Append(']');
                break;
            default:
                text.Append(Scalar(node));
                break;
        }
    }

    /// <summary>Bicep has no number with a fraction.</summary>
    private static string Scalar(JsonNode? node)
    {
        if (node is null) return "null";
        JsonElement value = JsonSerializer.SerializeToElement(node);
        return value.ValueKind switch
        {
            JsonValueKind.String => Literal(value.GetString()!),
            JsonValueKind.Number when !value.TryGetInt64(out _) => $"json({Literal(value.GetRawText())})",
            _ => value.GetRawText(),
        };
    }

    private static StringBuilder Indent(StringBuilder text, int depth) => text.Append(' ', depth * 2);

    private static string Key(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(one => one < 128 && (char.IsLetterOrDigit(one) || one == '_'))
            ? name
            : Literal(name);

    private static string Literal(string text)
    {
        StringBuilder result = new("'");
        for (int index = 0; index < text.Length; index++)
        {
            char one = text[index];
            switch (one)
            {
                case '\\': result.Append(@"\\"); break;
                case '\'': result.Append(@"\'"); break;
                case '\n': result.Append(@"\n"); break;
                case '\r': result.Append(@"\r"); break;
                case '\t': result.Append(@"\t"); break;
                case '$' when index + 1 < text.Length && text[index + 1] == '{': result.Append(@"\$"); break;
                case < ' ': result.Append(@"\u{").Append(((int)one).ToString("x", CultureInfo.InvariantCulture)).Append('}'); break;
                default: result.Append(one); break;
            }
        }

        return result.Append('\'').ToString();
    }
}
