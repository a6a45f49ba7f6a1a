using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>The connections of a private endpoint: those that are approved by rights, and those that wait for a person.</summary>
internal static class EndpointConnections
{
    /// <summary>The members that hold them: by rights first, by hand second.</summary>
    public static IReadOnlyList<string> Kinds { get; } = new[] { "privateLinkServiceConnections", "manualPrivateLinkServiceConnections" };

    /// <summary>The connections of one kind.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject endpoint, string kind) =>
        (JsonShape.At(endpoint, "properties", kind) as JsonArray)?.OfType<JsonObject>() ?? Enumerable.Empty<JsonObject>();

    /// <summary>Approved, Pending, Rejected; empty where nothing is said yet.</summary>
    public static string Status(JsonObject connection) => JsonShape.Text(JsonShape.At(connection, "properties", "privateLinkServiceConnectionState", "status"));
}
