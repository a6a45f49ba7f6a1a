using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Databases;

/// <summary>
/// The grants that somebody approved, compared both ways with those that there are. A file is a JSON array of
/// <c>{ "database", "kind", "object", "grantee", "privilege" }</c>, spelled as the check <c>PgSecurity/grants</c> gives them:
/// kind <c>database</c>, <c>schema</c>, <c>relation</c> or <c>function</c>; identifiers quoted where PostgreSQL quotes them.
/// </summary>
public sealed class WantedGrants
{
    private const string FacetType = "PgSecurity/grants";

    private static readonly string[] Members = { "database", "kind", "object", "grantee", "privilege" };

    private readonly IReadOnlyList<string[]> _grants;

    private WantedGrants(IReadOnlyList<string[]> grants) => _grants = grants;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no such array; the message names the file and the entry.</exception>
    public static WantedGrants Load(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return new WantedGrants(document.RootElement.EnumerateArray().Select((entry, index) => Read(entry, index, path)).ToList());
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{path} is not an array of grants: {wrong.Message}", wrong);
        }
    }

    /// <summary>The facet of the grants that there are, each marked as wanted or not, with those that are missing added.</summary>
    public Facet Compare(ServerId server, Facet grants)
    {
        HashSet<string> wanted = new(_grants.Select(Key), StringComparer.Ordinal);
        HashSet<string> there = new(StringComparer.Ordinal);
        List<Resource> marked = new();
        foreach (Resource grant in grants.Resources)
        {
            JsonObject body = (JsonObject)JsonNode.Parse(grant.Body.GetRawText())!;
            JsonObject properties = (JsonObject)body["properties"]!;
            string key = Key(Members.Select(member => (string?)properties[member] ?? "").ToArray());
            there.Add(key);
            bool isWanted = wanted.Contains(key);
            properties["wanted"] = isWanted;
            if (!isWanted) properties["summary"] = $"{(string?)properties["summary"]}, which is not wanted";
            marked.Add(new Resource(grant.Id, grant.Type, grant.Name, JsonSerializer.SerializeToElement((JsonNode)body), grant.Gap));
        }

        // What a gap hides may be there: only a complete listing shows that a grant is missing.
        if (grants.IsComplete) marked.AddRange(_grants.Where(grant => !there.Contains(Key(grant))).Select(grant => Missing(server, grant)));
        return grants.WithResources(marked);
    }

    private static Resource Missing(ServerId server, string[] grant)
    {
        JsonObject properties = new() { ["wanted"] = false, ["missing"] = true };
        foreach ((string member, string value) in Members.Zip(grant, (member, value) => (member, value)))
        {
            properties[member] = value;
        }

        properties["summary"] = $"{grant[0]}: {grant[3]} has no {grant[4]} on {grant[2]}, which is wanted";
        string name = string.Join(".", grant.Skip(1)) + ".missing";
        string id = $"{server.Value}/databases/{Uri.EscapeDataString(grant[0])}/providers/{FacetType}/{Uri.EscapeDataString(name)}";
        JsonObject body = new() { ["id"] = id, ["type"] = FacetType, ["name"] = name, ["properties"] = properties };
        return new Resource(id, FacetType, name, JsonSerializer.SerializeToElement((JsonNode)body));
    }

    private static string[] Read(JsonElement entry, int index, string path) => Members.Select(member =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"{path}: entry {index} has no text '{member}'. Each needs {string.Join(", ", Members)}.")).ToArray();

    private static string Key(string[] grant) => string.Join("\u0001", grant);
}
