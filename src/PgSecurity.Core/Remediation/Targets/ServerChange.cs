using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// One concern of the server itself: <c>network</c>, <c>authConfig</c>, <c>backup</c>, … Two concerns in one PATCH are
/// dropped without a word (azure-rest-api-specs#22867), so each goes alone.
/// </summary>
public sealed class ServerChange : TargetChange
{
    /// <summary>Makes the change.</summary>
    /// <param name="server">The server.</param>
    /// <param name="concern">The member of <c>properties</c>, or of the body, that is changed.</param>
    /// <param name="patch">The merge patch of the whole body; it speaks of that concern alone.</param>
    public ServerChange(ServerId server, string concern, JsonObject patch)
        : base(server, server.ResourceType, server.Value, server.Name)
    {
        Concern = concern;
        Patch = patch;
    }

    /// <summary>The member that is changed.</summary>
    public string Concern { get; }

    /// <summary>The merge patch.</summary>
    public JsonObject Patch { get; }

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Patch;

    /// <inheritdoc/>
    public override string Step => Concern switch
    {
        "network" => "public network access",
        "authConfig" => "authentication",
        "backup" => "backup",
        "highAvailability" => "high availability",
        "storage" => "storage",
        "maintenanceWindow" => "maintenance window",
        "dataEncryption" => "data encryption",
        "identity" => "managed identity",
        _ => Concern,
    };

    /// <inheritdoc/>
    public override RunPhase Phase => Concern switch
    {
        "identity" => RunPhase.Identity,
        "dataEncryption" => RunPhase.Encryption,
        "network" => Sets("Disabled", "network", "publicNetworkAccess") ? RunPhase.ClosePublicAccess : RunPhase.Open,
        "authConfig" => AuthenticationPhase(),
        _ => RunPhase.Server,
    };

    /// <summary>Whether the patch sets a property of the server to a value.</summary>
    public bool Sets(string value, params string[] path) =>
        string.Equals(Sent(path), value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text that the patch sets at a path below <c>properties</c>; empty where it sets none.</summary>
    public string Sent(params string[] path) => JsonShape.Text(JsonShape.At(Patch, new[] { "properties" }.Concat(path).ToArray()));

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        if (current is null) throw new RemediationException("The server does not exist any more.");
        JsonObject body = Concern switch
        {
            "identity" => WithIdentity(current),
            "dataEncryption" => WithWholeEncryption(current),
            _ => Patch,
        };
        return IsDone(current, body) ? null : (JsonObject)body.DeepClone();
    }

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body)
    {
        // A server without an identity shows none, and not the type None that is sent.
        bool wantsNone = Is(JsonShape.Text(JsonShape.At(body, "identity", "type")), "None");
        return wantsNone
            ? current is not null && JsonShape.Text(JsonShape.At(current, "identity", "type")) is "" or "None"
            : HasIdentities(current, body) && base.IsDone(current, body);
    }

    /// <summary>An identity is asked for with an empty object, which something absent would have too: its name must be there.</summary>
    private static bool HasIdentities(JsonObject? current, JsonObject body) =>
        JsonShape.At(body, "identity", "userAssignedIdentities") is not JsonObject wanted
        || wanted.All(one => one.Value is null || JsonShape.At(current, "identity", "userAssignedIdentities", one.Key) is not null);

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body)
    {
        JsonNode? part = base.Part(current, body);
        if (JsonShape.At(part, "identity", "userAssignedIdentities") is not JsonObject identities) return part;

        // An identity that was not there is none, and not an empty one: an undo takes it away again.
        foreach (string id in identities.Select(one => one.Key).Where(id => JsonShape.At(current, "identity", "userAssignedIdentities", id) is null).ToList())
        {
            identities[id] = null;
        }

        return part;
    }

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) => Concern == "identity" ? Identities(current) : base.Describe(current, body);

    private static string Identities(JsonObject? server)
    {
        string type = JsonShape.Text(JsonShape.At(server, "identity", "type"));
        IEnumerable<string> names = (JsonShape.At(server, "identity", "userAssignedIdentities") as JsonObject)?.Select(one => ResourceId.NameOf(one.Key)) ?? Enumerable.Empty<string>();
        string listed = string.Join(", ", names.OrderBy(name => name, StringComparer.Ordinal));
        return type.Length == 0 ? "(none)" : listed.Length == 0 ? type : $"{type}: {listed}";
    }

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body) => (JsonObject?)MergePatch.Apply(current, body);

    /// <inheritdoc/>
    public override ChangeClass ClassOf(JsonObject? current) =>
        Sets("Disabled", "authConfig", "passwordAuth") ? ChangeClass.WithSecret
        : GrowsStorage(current) || AddsGeoKey(current) ? ChangeClass.OneWay
        : ChangeClass.Reversible;

    /// <inheritdoc/>
    public override Surroundings Surroundings => Concern != "dataEncryption"
        ? Surroundings.None
        : new Surroundings
        {
            Keys = new[] { "primary", "geoBackup" }
                .Where(usage => Sent("dataEncryption", usage + "KeyURI").Length > 0)
                .Select(usage => new KeyUse(usage, Sent("dataEncryption", usage + "KeyURI"), NullIfEmpty(Sent("dataEncryption", usage + "UserAssignedIdentityId"))))
                .ToList(),
        };

    private bool GrowsStorage(JsonObject? current) =>
        SizeOf(Patch) is double wanted && (SizeOf(current) is not double now || wanted > now);

    private static double? SizeOf(JsonObject? server) =>
        double.TryParse(JsonShape.Text(JsonShape.At(server, "properties", "storage", "storageSizeGB")), NumberStyles.Float, CultureInfo.InvariantCulture, out double size) ? size : null;

    private bool AddsGeoKey(JsonObject? current) =>
        Sent("dataEncryption", "geoBackupKeyURI").Length > 0 && JsonShape.Text(JsonShape.At(current, "properties", "dataEncryption", "geoBackupKeyURI")).Length == 0;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private RunPhase AuthenticationPhase()
    {
        bool closes = Sets("Disabled", "authConfig", "passwordAuth") || Sets("Disabled", "authConfig", "activeDirectoryAuth");
        if (closes) return RunPhase.CloseAuthentication;
        return Sets("Enabled", "authConfig", "passwordAuth") ? RunPhase.Open : RunPhase.EntraAuthentication;
    }

    /// <summary>Identities are merged, never replaced: the ones that are there stay.</summary>
    private JsonObject WithIdentity(JsonObject current)
    {
        string there = JsonShape.Text(JsonShape.At(current, "identity", "type"));
        string wanted = JsonShape.Text(JsonShape.At(Patch, "identity", "type"));
        JsonObject identity = (JsonObject)Patch["identity"]!.DeepClone();
        if (Is(wanted, "None") || IsExact) return new JsonObject { ["identity"] = identity };

        bool system = Holds(there, "SystemAssigned") || Holds(wanted, "SystemAssigned");
        bool user = Holds(there, "UserAssigned") || Holds(wanted, "UserAssigned");
        identity["type"] = system && user ? "SystemAssigned,UserAssigned" : system ? "SystemAssigned" : "UserAssigned";
        return new JsonObject { ["identity"] = identity };
    }

    /// <summary>Whether the identity's type is meant as it is, as when an earlier one is put back.</summary>
    public bool IsExact { get; init; }

    /// <summary>The service drops a geo key that comes without the primary pair (azure-cli#30948): all of the block is sent.</summary>
    private JsonObject WithWholeEncryption(JsonObject current)
    {
        JsonObject block = new();
        foreach (string member in new[] { "type", "primaryKeyURI", "primaryUserAssignedIdentityId", "geoBackupKeyURI", "geoBackupUserAssignedIdentityId" })
        {
            JsonNode? value = JsonShape.At(Patch, "properties", "dataEncryption", member) ?? JsonShape.At(current, "properties", "dataEncryption", member);
            if (value is not null) block[member] = value.DeepClone();
        }

        return new JsonObject { ["properties"] = new JsonObject { ["dataEncryption"] = block } };
    }

    private static bool Holds(string types, string type) =>
        types.Split(',').Any(part => Is(part.Trim(), type));

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
