using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>JSON without its secrets, for journals, plans and messages.</summary>
public static class SecretFree
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A copy in which every secret is the mark of an unknown value.</summary>
    public static JsonNode? Copy(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject map:
                JsonObject result = new();
                foreach (KeyValuePair<string, JsonNode?> member in map)
                {
                    bool secret = member.Value is JsonValue && Secrets.IsSecretName(member.Key);
                    result[member.Key] = secret ? Mark() : Copy(member.Value);
                }

                return result;
            case JsonArray list:
                return new JsonArray(list.Select(Copy).ToArray());
            default:
                bool isSecret = value is JsonValue scalar && scalar.TryGetValue(out string? text) && Secrets.IsSecretText(text ?? "");
                return isSecret ? Mark() : value?.DeepClone();
        }
    }

    /// <summary>The copy as one line of text.</summary>
    public static string Text(JsonNode? value) => Copy(value)?.ToJsonString(Readable) ?? "";

    /// <summary>A message without a secret in it.</summary>
    public static string Message(string text) => Secrets.IsSecretText(text) ? "(a message with a secret in it, left out)" : text;

    private static JsonObject Mark() => new() { [UnknownValue.Key] = Secrets.Reason };
}
