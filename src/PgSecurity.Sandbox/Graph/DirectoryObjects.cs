using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Graph;

/// <summary>
/// The directory of Microsoft Graph, as far as object ids are looked up (<c>POST /v1.0/directoryObjects/getByIds</c>): an id
/// that is not there is left out of the answer. A snapshot keeps an entry for each server that names it.
/// </summary>
internal sealed class DirectoryObjects : IProvider
{
    private const string Path = "/v1.0/directoryObjects/getByIds";
    private const string Type = "Microsoft.Graph/directoryObjects";

    // Microsoft Graph takes at most 1000 ids a request.
    private const int MostIds = 1000;

    public bool Answers(Exchange exchange) => ArmPath.Same(exchange.Path.Text, Path);

    public SandboxResponse Answer(Exchange exchange)
    {
        if (exchange.Method != "POST") return Reply.Error(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.");
        string[] ids = (exchange.Body?.Find("ids") as JsonArray ?? new JsonArray()).Select(id => id?.ToString() ?? string.Empty).ToArray();
        if (ids.Length is 0 or > MostIds) return Reply.Error(400, "Request_BadRequest", $"Between 1 and {MostIds} ids are taken.");
        if (exchange.Estate.Refusals.Of(Type, string.Empty) is string reason)
        {
            return Reply.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation. (The snapshot does not hold it: " + reason + ")");
        }

        Dictionary<string, JsonObject> entries = new(StringComparer.OrdinalIgnoreCase);
        foreach (EstateResource entry in exchange.Estate.OfType(Type))
        {
            entries[entry.Name] = Shown(entry);
        }

        JsonNode?[] found = ids.Distinct(StringComparer.OrdinalIgnoreCase).Where(entries.ContainsKey).Select(id => (JsonNode?)entries[id].Copy()).ToArray();
        return Reply.Json(200, new JsonObject
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#directoryObjects",
            ["value"] = new JsonArray(found),
        });
    }

    private static JsonObject Shown(EstateResource entry)
    {
        JsonObject shown = (entry.Body.Find("properties") as JsonObject)?.Copy() ?? new JsonObject();
        shown["id"] = entry.Name;
        return shown;
    }
}
