using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>The parameters of a real server of version 16, where they are at hand.</summary>
internal static class RealParameters
{
    private static readonly Lazy<JsonObject[]> Sixteen = new(Read);

    internal static IEnumerable<JsonObject> OfVersion(string version) => version == "16" ? Sixteen.Value : Array.Empty<JsonObject>();

    private static JsonObject[] Read()
    {
        string? file = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "server-parameters", "postgresql-16.json");
        return file is null || !File.Exists(file)
            ? Array.Empty<JsonObject>()
            : JsonNode.Parse(File.ReadAllText(file))!["value"]!.AsArray().Select(item => item!.AsObject()).ToArray();
    }
}
