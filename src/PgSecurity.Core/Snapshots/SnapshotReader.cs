using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Snapshots;

/// <summary>
/// Reads lines of a snapshot as postures. Anything that is not as the format says makes the whole line an error: half a
/// posture would look like a whole one. Used by one thread.
/// </summary>
/// <param name="file">What errors and postures call the input.</param>
/// <param name="names">The property names of the lines read so far.</param>
internal sealed class SnapshotReader(string file, NameTable names)
{
    private const int MostBytesTogether = 32 * 1024;

    private readonly TextMemory _memory = new();
    private readonly HashSet<string> _types = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, NameIndexes> _indexes = new(StringComparer.OrdinalIgnoreCase);
    private byte[] _parentBytes = Array.Empty<byte>();
    private string _parent = "";

    /// <summary>Reads a line that was outlined; of its resources only where they stand.</summary>
    public PostureReadResult Read(JsonText line, SnapshotOutline outline, long number)
    {
        // What is wrong with a line is said by reading all of it.
        return HasRepeatedFacet(line, outline)
            ? Read(line.Parse(), number)
            : Read(WithoutFacets(line, outline.FacetList), number, () => OutlinedFacets(line, outline));
    }

    /// <summary>Reads a line.</summary>
    public PostureReadResult Read(JsonElement line, long number) => Read(line, number, () => ReadFacets(line));

    private PostureReadResult Read(JsonElement document, long line, Func<List<Facet>> facets)
    {
        try
        {
            return PostureReadResult.Of(ReadPosture(document, facets, InputName.At(file, line)));
        }
        catch (SnapshotFormatException wrong)
        {
            return PostureReadResult.Of(new InputError(file, line, wrong.Pointer, wrong.Message, wrong.Advice));
        }
    }

    private Posture ReadPosture(JsonElement document, Func<List<Facet>> facets, string source)
    {
        string schema = document.GetProperty("schema").GetString()!;
        if (schema != SnapshotLine.Schema)
        {
            throw new SnapshotFormatException(
                "/schema", $"'{schema}' is not a version that can be read", $"Use the release that wrote it, or write it again as {SnapshotLine.Schema}.");
        }

        JsonElement server = Member(document, "server", JsonValueKind.Object, "");
        string text = Member(server, "id", JsonValueKind.String, "/server").GetString()!;
        if (!ServerId.TryParse(text, out ServerId? id))
        {
            throw new SnapshotFormatException("/server/id", "it is not the id of a PostgreSQL server");
        }

        Resource resource = new(
            id!.Value, id.ResourceType, id.Name, server, OptionalText(document, "serverGap", "") ?? OptionalText(server, SnapshotLine.GapKey, "/server"))
        {
            Names = names,
        };
        return new Posture(id, resource, facets(), source, CollectedAt(document))
        {
            Origin = OptionalText(document, "source", ""),
        };
    }

    private bool HasRepeatedFacet(JsonText line, SnapshotOutline outline)
    {
        _types.Clear();
        foreach (SnapshotOutline.FacetPlace facet in outline.Facets)
        {
            if (!_types.Add(TypeOf(line, facet))) return true;
        }

        return false;
    }

    private string TypeOf(JsonText line, in SnapshotOutline.FacetPlace facet) => FacetTypes.Normalize(_memory.Of(line.Buffer, facet.Type.Moved(line.Place.Start)));

    /// <summary>The line with an empty list of facets.</summary>
    private static JsonElement WithoutFacets(JsonText line, TextPlace list)
    {
        if (!list.IsThere) return line.Parse();
        ReadOnlySpan<byte> bytes = line.Buffer.AsSpan(line.Place.Start, line.Place.Length);
        byte[] rest = new byte[bytes.Length - list.Length + 2];
        bytes.Slice(0, list.Start).CopyTo(rest);
        "[]"u8.CopyTo(rest.AsSpan(list.Start));
        bytes.Slice(list.End).CopyTo(rest.AsSpan(list.Start + 2));
        return JsonText.Parse(rest, new TextPlace(0, rest.Length), line.MaximumDepth);
    }

    private List<Facet> OutlinedFacets(JsonText line, SnapshotOutline outline)
    {
        List<Facet> facets = new(outline.Facets.Count);
        for (int index = 0; index < outline.Facets.Count; index++)
        {
            SnapshotOutline.FacetPlace place = outline.Facets[index];
            string type = TypeOf(line, place);
            Resource[] resources = OutlinedResources(line, type, outline.Resources, place);
            FacetGap? gap = place.Gap.IsThere
                ? ReadGapObject(line.Parse(place.Gap.Moved(line.Place.Start)), FormattableString.Invariant($"/facets/{index}/gap"))
                : null;
            facets.Add(new Facet(type, resources, gap)
            {
                Scope = place.Scope.IsThere ? _memory.Of(line.Buffer, place.Scope.Moved(line.Place.Start)) : null,
                Indexes = IndexesOf(type),
            });
        }

        return facets;
    }

    /// <summary>
    /// The resources of a facet: those in known words by these, others some at a time in bytes of their own, few enough for
    /// the garbage collector to take them back with everything else that is young.
    /// </summary>
    private Resource[] OutlinedResources(
        JsonText line, string type, List<SnapshotOutline.ResourcePlace> places, SnapshotOutline.FacetPlace facet)
    {
        if (facet.Count == 0) return Array.Empty<Resource>();
        Resource[] resources = new Resource[facet.Count];
        int end = facet.FirstResource + facet.Count;
        for (int first = facet.FirstResource; first < end;)
        {
            if (places[first].Known is KnownResource known)
            {
                resources[first - facet.FirstResource] = new Resource(
                    new SharedText(known, ParentOf(line, places[first].Id, known)), type, known.Name, known.Gap) { Names = names };
                first++;
                continue;
            }

            int start = places[first].Body.Start;
            int next = first + 1;
            while (next < end && places[next].Known is null && places[next].Body.End - start <= MostBytesTogether)
            {
                next++;
            }

            byte[] bytes = line.Copy(new TextPlace(start, places[next - 1].Body.End).Moved(line.Place.Start));
            for (; first < next; first++)
            {
                resources[first - facet.FirstResource] = OutlinedResource(bytes, line.MaximumDepth, type, places[first].Moved(-start));
            }
        }

        return resources;
    }

    private Resource OutlinedResource(byte[] bytes, int maximumDepth, string type, SnapshotOutline.ResourcePlace place)
    {
        OwnText text = new(bytes, maximumDepth, place);
        string name = place.Name.IsThere ? _memory.Of(bytes, place.Name) : ResourceId.NameOf(text.Id());
        return new Resource(text, type, name, place.Gap.IsThere ? _memory.Of(bytes, place.Gap) : null) { Names = names };
    }

    /// <summary>An id without its last segment: resources that stand side by side have the same.</summary>
    private string ParentOf(JsonText line, TextPlace id, KnownResource known)
    {
        ReadOnlySpan<byte> parent = line.Buffer.AsSpan(line.Place.Start + id.Start, id.Length - known.NameLength);
        if (!parent.SequenceEqual(_parentBytes))
        {
            _parentBytes = parent.ToArray();
            _parent = TextMemory.Decode(_parentBytes, new TextPlace(0, _parentBytes.Length));
        }

        return _parent;
    }

    private NameIndexes IndexesOf(string type)
    {
        if (!_indexes.TryGetValue(type, out NameIndexes? indexes)) _indexes[type] = indexes = new NameIndexes();
        return indexes;
    }

    private List<Facet> ReadFacets(JsonElement document)
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

    private Facet ReadFacet(JsonElement facet, string pointer)
    {
        string type = FacetTypes.Normalize(Member(facet, "type", JsonValueKind.String, pointer).GetString()!);
        List<Resource> resources = new();
        int index = 0;
        foreach (JsonElement body in Member(facet, "resources", JsonValueKind.Array, pointer).EnumerateArray())
        {
            resources.Add(ReadResource(body, type, FormattableString.Invariant($"{pointer}/resources/{index++}")));
        }

        return new Facet(type, resources, ReadGap(facet, pointer)) { Scope = OptionalText(facet, "scope", pointer) };
    }

    private Resource ReadResource(JsonElement body, string type, string pointer)
    {
        if (body.ValueKind != JsonValueKind.Object) throw new SnapshotFormatException(pointer, "it is not an object");
        string id = Member(body, "id", JsonValueKind.String, pointer).GetString()!;
        string name = OptionalText(body, "name", pointer) ?? ResourceId.NameOf(id);
        return new Resource(id, type, name, body, OptionalText(body, SnapshotLine.GapKey, pointer)) { Names = names };
    }

    private static FacetGap? ReadGap(JsonElement facet, string pointer)
    {
        if (!facet.TryGetProperty("gap", out JsonElement gap) || gap.ValueKind == JsonValueKind.Null) return null;
        return ReadGapObject(gap, pointer + "/gap");
    }

    private static FacetGap ReadGapObject(JsonElement gap, string pointer)
    {
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
