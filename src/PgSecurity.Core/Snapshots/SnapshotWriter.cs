using System;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Snapshots;

/// <summary>
/// Writes postures at rest, one a line. Secrets are taken out (<see cref="Secrets"/>); in their place stands the mark
/// of an unknown value. Reading a line and writing it again gives the same posture.
/// </summary>
public static class SnapshotWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 512,
    };

    /// <summary>Writes one line of UTF-8, its line feed included. Compressing is up to the stream.</summary>
    public static void Write(Stream output, Posture posture)
    {
        using (Utf8JsonWriter writer = new(output, Options))
        {
            WritePosture(writer, posture);
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes one line, its line feed included.</summary>
    public static void Write(TextWriter output, Posture posture)
    {
        using MemoryStream line = new();
        Write(line, posture);
        output.Write(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
    }

    private static void WritePosture(Utf8JsonWriter writer, Posture posture)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", SnapshotLine.Schema);
        if (posture.Origin is not null) writer.WriteString("source", posture.Origin);
        if (posture.CollectedAt is DateTimeOffset time) writer.WriteString("collectedAt", time);
        writer.WritePropertyName("server");
        WriteResource(writer, posture.Server, withGap: false);
        if (posture.Server.Gap is not null) writer.WriteString("serverGap", posture.Server.Gap);
        writer.WriteStartArray("facets");
        foreach (Facet facet in posture.Facets)
        {
            if (!string.Equals(facet.Type, posture.Id.ResourceType, StringComparison.OrdinalIgnoreCase)) WriteFacet(writer, facet);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFacet(Utf8JsonWriter writer, Facet facet)
    {
        writer.WriteStartObject();
        writer.WriteString("type", facet.Type);
        if (facet.Gap is not null)
        {
            writer.WriteStartObject("gap");
            writer.WriteString("kind", facet.Gap.Kind.ToString());
            writer.WriteString("reason", facet.Gap.Reason);
            writer.WriteEndObject();
        }

        if (facet.Scope is not null) writer.WriteString("scope", facet.Scope);
        writer.WriteStartArray("resources");
        foreach (Resource resource in facet.Resources)
        {
            WriteResource(writer, resource, withGap: true);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter writer, Resource resource, bool withGap)
    {
        bool secretValue = Secrets.IsSecretParameter(resource.Name);
        writer.WriteStartObject();
        writer.WriteString("id", resource.Id);
        writer.WriteString("type", resource.Type);
        writer.WriteString("name", resource.Name);
        if (withGap && resource.Gap is not null) writer.WriteString(SnapshotLine.GapKey, resource.Gap);
        foreach (JsonProperty member in resource.Body.EnumerateObject())
        {
            if (IsEnvelope(member.Name)) continue;
            writer.WritePropertyName(member.Name);
            WriteMember(writer, resource.Body, member, secretValue);
        }

        writer.WriteEndObject();
    }

    private static bool IsEnvelope(string name) =>
        name is SnapshotLine.GapKey
        || string.Equals(name, "id", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "type", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "name", StringComparison.OrdinalIgnoreCase);

    private static void WriteMember(Utf8JsonWriter writer, JsonElement container, JsonProperty member, bool secretValue)
    {
        bool secret = Secrets.IsSecretName(member.Name)
            || Secrets.IsPrivateKeyMember(container, member.Name)
            || (secretValue && member.Name is "value" or "defaultValue");
        if (secret && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False)
            && !UnknownValue.Is(member.Value) && !IsEmptyText(member.Value))
        {
            WriteTakenOut(writer);
            return;
        }

        WriteValue(writer, member.Value, secretValue);
    }

    private static bool IsEmptyText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals("");

    private static void WriteValue(Utf8JsonWriter writer, JsonElement value, bool secretValue)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    WriteMember(writer, value, member, secretValue);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement element in value.EnumerateArray())
                {
                    WriteValue(writer, element, secretValue);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when Secrets.IsSecretText(value.GetString()!):
                WriteTakenOut(writer);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteTakenOut(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(UnknownValue.Key, Secrets.Reason);
        writer.WriteEndObject();
    }
}
