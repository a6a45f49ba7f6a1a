using System;
using System.IO;
using System.Text.Json.Nodes;
using PgSecurity.Core.Databases;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>The secure server that every case is a change to: <c>Cases/base.json</c>.</summary>
public static class BasePosture
{
    private static readonly Lazy<JsonObject> Content = new(Read);

    private static JsonObject Read()
    {
        JsonObject content = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Cases, "base.json")))!;
        JsonObject facets = (JsonObject)content["facets"]!;
        foreach (DatabaseCheck check in DatabaseChecks.All)
        {
            // Its databases were looked into, and nothing was found in them.
            if (!facets.ContainsKey(check.Type)) facets[check.Type] = new JsonArray();
        }

        return content;
    }

    /// <summary>A copy of the file's content, to be changed freely.</summary>
    public static JsonObject Copy() => (JsonObject)Content.Value.DeepClone();
}
