using System;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Snapshots;

/// <summary>What tells a line of a snapshot from any other JSON.</summary>
internal static class SnapshotLine
{
    /// <summary>The version that is written and read.</summary>
    public const string Schema = "pgsecurity/posture/1";

    /// <summary>The member of a resource that holds <see cref="Resource.Gap"/>.</summary>
    public const string GapKey = "$gap";

    private const string SchemaFamily = "pgsecurity/posture/";

    /// <summary>Whether a document says that it is a line of a snapshot, of whatever version.</summary>
    public static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && document.TryGetProperty("schema", out JsonElement schema)
        && schema.ValueKind == JsonValueKind.String
        && schema.GetString()!.StartsWith(SchemaFamily, StringComparison.Ordinal);
}
