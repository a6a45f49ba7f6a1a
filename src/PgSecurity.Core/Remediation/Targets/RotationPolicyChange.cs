using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// The rotation policy of a key, which is written in the vault's data plane: Resource Manager makes a key with one and
/// never changes it. A policy is one thing and is always set whole.
/// </summary>
public sealed class RotationPolicyChange : TargetChange
{
    /// <summary>The type of the resource.</summary>
    public const string ResourceType = "Microsoft.KeyVault/vaults/keys/rotationPolicies";

    private readonly JsonObject _policy;

    /// <summary>Makes the change.</summary>
    /// <param name="server">The server that uses the key.</param>
    /// <param name="address">The policy's address: <c>https://{vault}/keys/{key}/rotationpolicy</c>.</param>
    /// <param name="name">The vault and key, as <c>vault/key</c>.</param>
    /// <param name="policy">The policy, as the data plane has it: <c>lifetimeActions</c>, <c>attributes.expiryTime</c>.</param>
    public RotationPolicyChange(ServerId server, string address, string name, JsonObject policy)
        : base(server, ResourceType, address, name) => _policy = Settable(policy);

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Put;

    /// <inheritdoc/>
    public override string Step => ResourceWords.Of(Type, Name);

    /// <inheritdoc/>
    public override RunPhase Phase => RunPhase.Encryption;

    /// <inheritdoc/>
    public override Surroundings Surroundings => new()
    {
        Resources = new[] { new NamedResource(Id, ResourceType) },
        Keys = new[] { new KeyUse("rotated", Id.Substring(0, Id.LastIndexOf('/')), null) },
    };

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        if (current is null) throw new RemediationException($"The key {Name} does not exist.");
        return IsDone(current, _policy) ? null : (JsonObject)_policy.DeepClone();
    }

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body) => (JsonObject)body.DeepClone();

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) => current is not null && Words(current) == Words(body);

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body) => current is null ? null : Settable(current);

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) => current is null ? "(none)" : Words(current);

    /// <summary>The policy without what the vault adds to it: its id and its times.</summary>
    private static JsonObject Settable(JsonObject policy)
    {
        JsonArray actions = new(Actions(policy).Select(action => action.DeepClone()).ToArray());
        JsonObject attributes = new();
        if (Expiry(policy) is { Length: > 0 } expiry) attributes["expiryTime"] = expiry;
        return new JsonObject { ["lifetimeActions"] = actions, ["attributes"] = attributes };
    }

    /// <summary>A policy in one line, the same for every spelling and order of it.</summary>
    private static string Words(JsonObject policy)
    {
        List<string> facts = Actions(policy)
            .Select(action =>
            {
                string what = JsonShape.Text(JsonShape.At(action, "action", "type")).ToLowerInvariant();
                string after = JsonShape.Text(JsonShape.At(action, "trigger", "timeAfterCreate"));
                return after.Length > 0 ? $"{what} {after} after creation" : $"{what} {JsonShape.Text(JsonShape.At(action, "trigger", "timeBeforeExpiry"))} before expiry";
            })
            .OrderByDescending(words => words, StringComparer.Ordinal)
            .ToList();
        if (Expiry(policy) is { Length: > 0 } expiry) facts.Add($"new versions expire after {expiry}");
        return facts.Count == 0 ? "(none)" : string.Join(", ", facts);
    }

    private static IEnumerable<JsonObject> Actions(JsonObject policy) =>
        (JsonShape.Member(policy, "lifetimeActions") as JsonArray)?.OfType<JsonObject>() ?? Enumerable.Empty<JsonObject>();

    private static string Expiry(JsonObject policy) => JsonShape.Text(JsonShape.At(policy, "attributes", "expiryTime"));
}
