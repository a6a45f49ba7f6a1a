using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Snapshots;

/// <summary>
/// One line of a snapshot as a posture. Anything that is not as the format says makes the whole line an error: half a
/// posture would look like a whole one.
/// </summary>
internal static class SnapshotLine
{
    public const string Schema = "pgsecurity/posture/1";

    private const string SchemaFamily = "pgsecurity/posture/";

    /// <summary>The member of a resource that holds <see cref="Resource.Gap"/>.</summary>
    public const string GapKey = "$gap";

    /// <summary>Whether a document says that it is a line of a snapshot, of whatever version.</summary>
    public static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("schema", out JsonElement schema)
        && schema.ValueKind == JsonValueKind.String
        && schema.GetString()!.StartsWith(SchemaFamily, StringComparison.Ordinal);

    /// <summary>Reads the posture.</summary>
    public static PostureReadResult Read(JsonElement document, string file, long line)
    {
        try
        {
            return PostureReadResult.Of(ReadPosture(document, InputName.At(file, line)));
        }
        catch (SnapshotFormatException wrong)
        {
            return PostureReadResult.Of(new InputError(file, line, wrong.Pointer, wrong.Message, wrong.Advice));
        }
    }

    private static Posture ReadPosture(JsonElement document, string source)
    {
        string schema = document.GetProperty("schema").GetString()!;
        if (schema != Schema)
        {
            throw new SnapshotFormatException(
                "/schema", $"'{schema}' is not a version that can be read", $"Use the release that wrote it, or write it again as {Schema}.");
        }

        JsonElement server = Member(document, "server", JsonValueKind.Object, "");
        string text = Member(server, "id", JsonValueKind.String, "/server").GetString()!;
        if (!ServerId.TryParse(text, out ServerId? id))
        {
            throw new SnapshotFormatException("/server/id", "it is not the id of a PostgreSQL server");
        }

        Resource resource = new(
            id!.Value, id.ResourceType, id.Name, server, OptionalText(document, "serverGap", "") ?? OptionalText(server, GapKey, "/server"));
        return new Posture(id, resource, ReadFacets(document), source, CollectedAt(document))
        {
            Origin = OptionalText(document, "source", ""),
        };
    }

    private static List<Facet> ReadFacets(JsonElement document)
    {
        List<Facet> facets = new();
        if (!document.TryGetProperty("facets", out _)) return facets;

        HashSet<string> types = new(StringComparer.OrdinalIgnoreCase);
        int index = 0;
        foreach (JsonElement facet in Member(document, "facets", JsonValueKind.Array, "").EnumerateArray())
        {
            string pointer = FormattableString.Invariant($"/facets/{index++}");
            if (facet.ValueKind != JsonValueKind.Object) throw new SnapshotFormatException(pointer, "it is not an object");
            Facet read = ReadFacet(facet, pointer);
            if (!types.Add(read.Type)) throw new SnapshotFormatException(pointer, $"the facet '{read.Type}' stands twice");
            facets.Add(read);
        }

        return facets;
    }

    private static Facet ReadFacet(JsonElement facet, string pointer)
    {
        string type = FacetTypes.Normalize(Member(facet, "type", JsonValueKind.String, pointer).GetString()!);
        List<Resource> resources = new();
        int index = 0;
        foreach (JsonElement body in Member(facet, "resources", JsonValueKind.Array, pointer).EnumerateArray())
        {
            resources.Add(ReadResource(body, type, FormattableString.Invariant($"{pointer}/resources/{index++}")));
        }

        return new Facet(type, resources, ReadGap(facet, pointer));
    }

    private static Resource ReadResource(JsonElement body, string type, string pointer)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new SnapshotFormatException(pointer, "it is not an object");
        string id = Member(body, "id", JsonValueKind.String, pointer).GetString()!;
        string name = OptionalText(body, "name", pointer) ?? ResourceId.NameOf(id);
        return new Resource(id, type, name, body, OptionalText(body, GapKey, pointer));
    }

    private static FacetGap? ReadGap(JsonElement facet, string pointer)
    {
        if (!facet.TryGetProperty("gap", out JsonElement gap) || gap.ValueKind == JsonValueKind.Null) return null;
        pointer += "/gap";
        if (gap.ValueKind != JsonValueKind.Object) throw new SnapshotFormatException(pointer, "it is neither an object nor null");
        string kind = Member(gap, "kind", JsonValueKind.String, pointer).GetString()!;
        if (!Enum.TryParse(kind, ignoreCase: true, out FacetGapKind parsed) || !Enum.IsDefined(typeof(FacetGapKind), parsed))
        {
            throw new SnapshotFormatException(
                pointer + "/kind", $"'{kind}' is not a kind of gap", "Use NotCollected, Unavailable or Partial.");
        }

        return new FacetGap(parsed, Member(gap, "reason", JsonValueKind.String, pointer).GetString()!);
    }

    private static DateTimeOffset? CollectedAt(JsonElement document)
    {
        string? text = OptionalText(document, "collectedAt", "");
        if (text is null) return null;
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw new SnapshotFormatException("/collectedAt", "it is not a time", "Write it as 2026-11-24T03:00:00Z.");
    }

    private static JsonElement Member(JsonElement container, string name, JsonValueKind kind, string pointer)
    {
        if (!container.TryGetProperty(name, out JsonElement value)) throw new SnapshotFormatException(pointer, $"'{name}' is missing");
        return value.ValueKind == kind
            ? value
            : throw new SnapshotFormatException($"{pointer}/{name}", $"it is {Kind(value)}, not {Kind(kind)}");
    }

    private static string? OptionalText(JsonElement container, string name, string pointer)
    {
        if (!container.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new SnapshotFormatException($"{pointer}/{name}", $"it is {Kind(value)}, not {Kind(JsonValueKind.String)}");
    }

    private static string Kind(JsonElement value) => Kind(value.ValueKind);

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private sealed class SnapshotFormatException(
        string pointer, string message, string advice = "The line is not as the format of snapshots says: write it again.")
        : Exception(message)
    {
        public string Pointer { get; } = pointer;

        public string Advice { get; } = advice;
    }
}
