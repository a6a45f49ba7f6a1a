using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports;

/// <summary>How exports write JSON: indented, readable, with line feeds on every system.</summary>
internal static class ExportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 512,
    };

    /// <summary>The text of a document, with a line feed at its end.</summary>
    public static string Text(JsonNode node) => string.Join("\n", node.ToJsonString(Options).Split(new[] { "\r\n" }, System.StringSplitOptions.None)) + "\n";

    /// <summary>A value as a node of its own, which may be put anywhere.</summary>
    public static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    /// <summary>A copy of a node, which may be put anywhere.</summary>
    public static JsonNode? Copy(JsonNode? node) => node is null ? null : JsonNode.Parse(node.ToJsonString(Options));
}
