using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Estate;

/// <summary>
/// Reads snapshot files, one posture a line, plain or gzip, into an estate. A facet with a gap becomes a refusal; facts
/// of our own types (<c>PgSecurity/…</c>) are not ARM's and are left out.
/// </summary>
internal static class SnapshotReader
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is not a posture.</exception>
    internal static void Read(AzureEstate estate, Stream stream, string name)
    {
        using StreamReader reader = new(Unpack(stream), Encoding.UTF8);
        int number = 0;
        while (reader.ReadLine() is string line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                ReadPosture(estate, document.RootElement.Clone());
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new FormatException(
                    $"Line {number} of '{name}' is not a posture: {fault.Message} Expected one JSON object a line, with "
                    + "schema, server and facets, as Export-PgSecuritySnapshot writes it.",
                    fault);
            }
        }
    }

    /// <summary>Reads one posture.</summary>
    internal static void ReadPosture(AzureEstate estate, JsonElement posture)
    {
        bool isServer = posture.ValueKind == JsonValueKind.Object
            && posture.TryGetProperty("server", out JsonElement body)
            && body.ValueKind == JsonValueKind.Object
            && body.TryGetProperty("id", out JsonElement named)
            && named.ValueKind == JsonValueKind.String;
        if (!isServer) throw new JsonException("it has no server with an id.");
        JsonElement server = posture.GetProperty("server");
        string id = server.GetProperty("id").GetString()!;
        ArmPath path = ArmPath.Parse(id);
        string location = server.TryGetProperty("location", out JsonElement place) && place.ValueKind == JsonValueKind.String
            ? place.GetString()!
            : "westeurope";
        if (path.Subscription is not null && path.ResourceGroup is not null)
        {
            estate.EnsureGroup(path.Subscription, path.ResourceGroup, location);
        }

        bool whole = !posture.TryGetProperty("serverGap", out JsonElement gap) || gap.ValueKind == JsonValueKind.Null;
        if (!whole) estate.Refusals.Add(id, path.Type, Reason(gap));
        Put(estate, server, path.Type);
        PutConnections(estate, server);
        if (!posture.TryGetProperty("facets", out JsonElement facets)) return;
        foreach (JsonElement facet in facets.EnumerateArray())
        {
            ReadFacet(estate, id, facet);
        }
    }

    /// <summary>Private endpoint connections stand in the server's body, and are resources of their own too.</summary>
    private static void PutConnections(AzureEstate estate, JsonElement server)
    {
        if (!server.TryGetProperty("properties", out JsonElement properties)
            || properties.ValueKind != JsonValueKind.Object
            || !properties.TryGetProperty("privateEndpointConnections", out JsonElement connections)
            || connections.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (JsonElement connection in connections.EnumerateArray())
        {
            if (connection.ValueKind == JsonValueKind.Object) Put(estate, connection, KnownTypes.Server + "/privateEndpointConnections");
        }
    }

    private static void ReadFacet(AzureEstate estate, string serverId, JsonElement facet)
    {
        string type = facet.GetProperty("type").GetString()!;
        if (type.StartsWith("PgSecurity/", StringComparison.OrdinalIgnoreCase)) return;
        if (facet.TryGetProperty("gap", out JsonElement gap) && gap.ValueKind != JsonValueKind.Null)
        {
            estate.Refusals.Add(serverId, type, Reason(gap));
        }
        else
        {
            estate.Refusals.NoteKnown(serverId, type);
        }

        if (!facet.TryGetProperty("resources", out JsonElement resources)) return;
        foreach (JsonElement resource in resources.EnumerateArray())
        {
            Put(estate, resource, type);
        }
    }

    private static void Put(AzureEstate estate, JsonElement body, string type)
    {
        if (!body.TryGetProperty("id", out JsonElement idElement) || idElement.GetString() is not { Length: > 0 } id) return;
        if (id[0] != '/') id = "/" + id;
        ArmPath path = ArmPath.Parse(id);
        if (ArmPath.Same(type, "Microsoft.DBforPostgreSQL/flexibleServers/configurations") && estate.Find(id) is not null) return;
        if (path.Subscription is not null && path.ResourceGroup is not null && !ArmPath.Same(path.Namespace, "Microsoft.DBforPostgreSQL"))
        {
            estate.EnsureGroup(path.Subscription, path.ResourceGroup, "westeurope");
        }

        // Facets may name a server by what it is to another one (its replicas, its primary): its own body comes from its own posture.
        string realType = path.IsResource ? path.Type : type;
        string name = id.Substring(id.LastIndexOf('/') + 1);
        bool isStub = ArmPath.Same(realType, "Microsoft.DBforPostgreSQL/flexibleServers")
            && !ArmPath.Same(realType, type)
            && estate.Find(id) is not null;
        if (isStub) return;
        estate.Put(new EstateResource(id, KnownTypes.Spelling(realType), name, body));
    }

    private static string Reason(JsonElement gap) => gap.ValueKind switch
    {
        JsonValueKind.String => gap.GetString()!,
        JsonValueKind.Object when gap.TryGetProperty("reason", out JsonElement reason) => reason.GetString() ?? "not known",
        _ => "not known",
    };

    private static Stream Unpack(Stream stream)
    {
        int first = stream.ReadByte();
        int second = stream.ReadByte();
        stream.Position = 0;
        return first == 0x1f && second == 0x8b ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
