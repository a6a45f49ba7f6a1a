using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// Looks object ids up in the directory, many at a time, each once a run. What a whole answer does not have was deleted.
/// </summary>
internal sealed class DirectoryLookup
{
    private const string Path = "/v1.0/directoryObjects/getByIds";

    // Microsoft Graph takes at most 1000 ids a request.
    private const int MostIds = 1000;
    private const string StateNotTold = "the directory's answer does not say whether the account is enabled";
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly Dictionary<string, Resource?> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly ArmClient? _graph;
    private readonly CancellationToken _stop;
    private ArmFault? _fault;

    internal DirectoryLookup(ArmClient? graph, CancellationToken stop)
    {
        _graph = graph;
        _stop = stop;
    }

    /// <summary>Finds ids; those that are likely to be wanted soon are asked for in the same request.</summary>
    internal async Task<Collected> FindAsync(IReadOnlyCollection<string> ids, IReadOnlyCollection<string> likely)
    {
        if (ids.Count == 0) return Collected.None;
        if (_graph is null) return Collected.Unavailable("no token for Microsoft Graph");
        await _asking.WaitAsync(_stop).ConfigureAwait(false);
        try
        {
            string[] open = ids.Where(id => !_known.ContainsKey(id)).ToArray();
            if (open.Length > 0 && _fault is null) await AskAsync(open.Concat(likely.Where(id => !_known.ContainsKey(id))).Distinct(StringComparer.OrdinalIgnoreCase).ToArray()).ConfigureAwait(false);
            Resource[] found = ids.Select(id => _known.TryGetValue(id, out Resource? entry) ? entry : null).OfType<Resource>().ToArray();
            bool isWhole = ids.All(_known.ContainsKey);
            return isWhole || _fault is null ? new Collected(found) : Collected.Unavailable(_fault) with { Resources = found };
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task AskAsync(string[] ids)
    {
        try
        {
            for (int from = 0; from < ids.Length; from += MostIds)
            {
                string[] batch = ids.Skip(from).Take(MostIds).ToArray();
                JsonElement answer = await _graph!.AskAsync(Path, new JsonObject { ["ids"] = new JsonArray(batch.Select(id => (JsonNode?)JsonValue.Create(id)).ToArray()) }, _stop).ConfigureAwait(false);
                if (!answer.TryGetProperty("value", out JsonElement entries) || entries.ValueKind != JsonValueKind.Array)
                {
                    throw new ArmException(new ArmFault(ArmFaultKind.Malformed, "POST", Path, "The answer has no entries"));
                }

                foreach (string id in batch)
                {
                    _known[id] = null;
                }

                foreach (JsonElement entry in entries.EnumerateArray())
                {
                    if (ResourceField.In(entry, "id").Text is string id) _known[id] = ToResource(id, entry);
                }
            }
        }
        catch (ArmException error)
        {
            _fault = error.Fault;
        }
    }

    private static Resource ToResource(string id, JsonElement entry)
    {
        JsonObject properties = JsonNode.Parse(entry.GetRawText())!.AsObject();
        if (!IsGroup(entry) && properties["accountEnabled"] is null)
        {
            properties["accountEnabled"] = new JsonObject { [UnknownValue.Key] = StateNotTold };
        }

        string full = "/providers/" + FacetTypes.DirectoryObjects + "/" + id;
        JsonObject body = new() { ["id"] = full, ["type"] = FacetTypes.DirectoryObjects, ["name"] = id, ["properties"] = properties };
        return new Resource(full, FacetTypes.DirectoryObjects, id, JsonSerializer.SerializeToElement(body));
    }

    // Groups cannot be switched off.
    private static bool IsGroup(JsonElement entry) =>
        entry.TryGetProperty("@odata.type", out JsonElement kind)
        && kind.ValueKind == JsonValueKind.String
        && string.Equals(kind.GetString(), "#microsoft.graph.group", StringComparison.OrdinalIgnoreCase);
}
