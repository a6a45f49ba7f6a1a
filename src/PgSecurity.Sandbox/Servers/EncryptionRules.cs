using System;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Gateways;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>What a customer-managed key must be, when a server is made and when its key changes.</summary>
internal static class EncryptionRules
{
    internal static OperationFailure? Check(Exchange exchange, JsonObject sent, JsonObject server)
    {
        foreach (string role in new[] { "primary", "geoBackup" })
        {
            OperationFailure? failure = CheckKey(exchange, sent, server, role);
            if (failure is not null) return failure;
        }

        bool geo = ArmPath.Same(server.Text("properties", "backup", "geoRedundantBackup"), "Enabled");
        JsonObject? current = server.At("properties", "dataEncryption") as JsonObject;
        string? geoKey = sent.Text("geoBackupKeyURI") ?? current.Text("geoBackupKeyURI");
        string? geoIdentity = sent.Text("geoBackupUserAssignedIdentityId") ?? current.Text("geoBackupUserAssignedIdentityId");
        string? identity = sent.Text("primaryUserAssignedIdentityId") ?? current.Text("primaryUserAssignedIdentityId");
        if (geo && (string.IsNullOrEmpty(geoKey) || string.IsNullOrEmpty(geoIdentity) || ArmPath.Same(geoIdentity, identity)))
        {
            return Invalid("Geo-redundant backup needs a second key, in the paired region, and a second identity.");
        }

        return null;
    }

    private static OperationFailure? CheckKey(Exchange exchange, JsonObject sent, JsonObject server, string role)
    {
        if (sent.Text(role + "UserAssignedIdentityId") is { Length: > 0 } identity
            && server.At("identity", "userAssignedIdentities") is JsonObject map
            && !map.Has(identity))
        {
            return Invalid($"The identity '{identity}' is not assigned to the server.");
        }

        if (sent.Text(role + "KeyURI") is not { Length: > 0 } key) return null;
        if (!Uri.TryCreate(key, UriKind.Absolute, out Uri? address) || address.AbsolutePath.IndexOf("/keys/", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return Invalid($"'{key}' is not the address of a key.");
        }

        bool versionless = address.AbsolutePath.Trim('/').Split('/').Length < 3;
        if (versionless && exchange.Quirks.OldApiRefusesVersionlessKey && ApiVersions.IsBefore(exchange.ApiVersion, ApiVersions.Newest))
        {
            return new OperationFailure(
                "InternalServerError",
                $"An unexpected error occured while processing the request. Tracking ID: '{Exchange.GuidOf(key)}'");
        }

        return null;
    }

    private static OperationFailure Invalid(string message) => new("CMKInvalidEncryptionParameters", message);
}
