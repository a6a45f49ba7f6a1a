using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>The customer-managed key of a server, for another one that is made from it: a request without it would fail, or make one that the service's key encrypts.</summary>
internal static class KeyOfSource
{
    /// <summary>Adds key and identity to the request for a new server, where the source has its own key.</summary>
    /// <param name="body">The request.</param>
    /// <param name="source">The server whose key it is.</param>
    /// <param name="geo">Whether the key of geo-redundant backups goes with it.</param>
    public static void AddTo(JsonObject body, Resource source, bool geo)
    {
        if (ResourceField.Of(source, "properties.dataEncryption.type").Is("AzureKeyVault") != Truth.True) return;
        JsonObject encryption = new() { ["type"] = "AzureKeyVault" };
        JsonObject identities = new();
        foreach (string usage in geo ? new[] { "primary", "geoBackup" } : new[] { "primary" })
        {
            string? key = ResourceField.Of(source, $"properties.dataEncryption.{usage}KeyURI").Text;
            string? identity = ResourceField.Of(source, $"properties.dataEncryption.{usage}UserAssignedIdentityId").Text;
            if (key is not null) encryption[usage + "KeyURI"] = key;
            if (identity is null) continue;
            encryption[usage + "UserAssignedIdentityId"] = identity;
            identities[identity] = new JsonObject();
        }

        body["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = identities };
        ((JsonObject)body["properties"]!)["dataEncryption"] = encryption;
    }
}
