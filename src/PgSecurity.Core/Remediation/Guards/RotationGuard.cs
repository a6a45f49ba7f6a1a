using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>
/// A key is rotated only where the server follows its new versions; versions that expire and are not followed take the
/// database down, which is worse than a key that stays.
/// </summary>
internal sealed class RotationGuard : IGuard
{
    private const string Name = "keyRotation";

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is not RotationPolicyChange) yield break;
        Facet keys = change.Before.FacetOf(EncryptionKeys.FacetType);
        Resource? key = keys.Resources.FirstOrDefault(candidate => Uses(candidate, change.Change.Id));
        if (key is null)
        {
            yield return GuardVerdict.Refuse(Name, keys.Gap is { } gap ? $"Which key the server uses cannot be told ({gap.Reason})." : "The server does not use this key.");
            yield break;
        }

        ResourceField state = ResourceField.Of(key, "properties.keyState");
        if (!GuardedChange.Is(state.Text, "usable"))
        {
            yield return GuardVerdict.Refuse(Name, state.IsUnknown ? $"Whether the key can be used cannot be told: {state.UnknownReason}." : $"The key cannot be used ({state.Text}): repair that first.");
        }

        bool rotates = Rotates(change.Body);
        string version = ResourceField.Of(key, "properties.keyVersion").Text ?? "";
        if (rotates && version != "newest")
        {
            yield return GuardVerdict.Refuse(
                Name, "The server is pinned to one version of the key and would stay with it. Name the key without its version first: Set-PgDataEncryption -FollowNewestVersion.");
        }

        bool expires = JsonShape.Text(JsonShape.At(change.Body, "attributes", "expiryTime")).Length > 0;
        if (expires && !rotates)
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "New versions of the key would expire and nothing would follow them: the server stops with its key.");
        }
    }

    private static bool Uses(Resource key, string policyAddress)
    {
        EncryptionKeyUri? used = EncryptionKeyUri.Parse(ResourceField.Of(key, "properties.keyUri").Text);
        return used is not null && policyAddress.Equals($"https://{used.Host}/keys/{used.Name}/rotationpolicy", StringComparison.OrdinalIgnoreCase);
    }

    private static bool Rotates(JsonObject policy) =>
        ((JsonShape.Member(policy, "lifetimeActions") as JsonArray)?.OfType<JsonObject>() ?? Enumerable.Empty<JsonObject>())
            .Any(action => GuardedChange.Is(JsonShape.Text(JsonShape.At(action, "action", "type")), "Rotate"));
}
