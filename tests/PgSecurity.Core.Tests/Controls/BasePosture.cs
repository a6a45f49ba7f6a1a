using System;
using System.IO;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>The secure server that every case is a change to: <c>Cases/base.json</c>.</summary>
public static class BasePosture
{
    private static readonly Lazy<JsonObject> Content = new(() =>
        (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Cases, "base.json")))!);

    /// <summary>A copy of the file's content, to be changed freely.</summary>
    public static JsonObject Copy() => (JsonObject)Content.Value.DeepClone();
}
