using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>The user-assigned identity with which a server fetches its key: whether it has it, and may use the key.</summary>
internal sealed class KeyIdentity
{
    // What the service asks of an access policy, but for list, which it can do without.
    private static readonly string[] Needed = { "get", "wrapKey", "unwrapKey" };

    private readonly ResourceField _id;
    private readonly Truth _isAssigned;
    private readonly string _reason;
    private readonly string? _principalId;

    /// <summary>Finds the identity that a server names among those it has.</summary>
    public KeyIdentity(Resource server, ResourceField id)
    {
        _id = id;
        ResourceField assigned = ResourceField.Of(server, "identity.userAssignedIdentities");
        _reason = id.UnknownReason ?? assigned.UnknownReason ?? "the server names no identity for the key";
        _isAssigned = id.Text is null || assigned.IsUnknown ? Truth.Unknown : Truth.False;
        if (_isAssigned == Truth.Unknown || assigned.Value.ValueKind != JsonValueKind.Object) return;

        foreach (JsonProperty one in assigned.Value.EnumerateObject())
        {
            if (!string.Equals(one.Name.Trim('/'), id.Text!.Trim('/'), StringComparison.OrdinalIgnoreCase)) continue;
            _isAssigned = Truth.True;
            _principalId = ResourceField.In(one.Value, "principalId").Text;
        }
    }

    /// <summary>Adds what is known of it to the fact of a key.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="store">The key's vault or managed HSM; null where it is not known.</param>
    /// <param name="status">What the service reports of the key; a valid one proves it where roles decide.</param>
    /// <param name="storeUnknown">Why the store is not known.</param>
    public void Describe(Fact fact, Resource? store, ResourceField status, string storeUnknown)
    {
        fact.Set("identityId", _id);
        string reason = storeUnknown;
        string? lacks = null;
        Truth mayUse = store is null ? Truth.Unknown : MayUse(store, out lacks, out reason);

        // The status is the service's own proof. It may be an hour old, so it settles only what access policies that were
        // not read cannot deny.
        bool onlyRolesDecide = store is not null && KeyStore.IsOpenedByRoles(store);
        if (onlyRolesDecide && status.Is("Valid") == Truth.True) mayUse = Truth.True;

        if (_isAssigned == Truth.False) fact.Set("identityState", "not assigned to the server");
        else if (mayUse == Truth.False) fact.Set("identityState", $"lacks {lacks} in the access policy of {store!.Name}");
        else if (_isAssigned == Truth.Unknown) fact.SetUnknown("identityState", _reason);
        else if (mayUse == Truth.Unknown) fact.SetUnknown("identityState", reason);
        else fact.Set("identityState", "usable");
    }

    /// <summary>
    /// Whether an access policy lets the identity get, wrap and unwrap. A vault with roles, and a managed HSM, keep that
    /// where a posture does not look.
    /// </summary>
    private Truth MayUse(Resource store, out string? lacks, out string reason)
    {
        lacks = null;
        reason = "who may use the key is a matter of role assignments on the key store, which are not collected";
        if (KeyStore.IsOpenedByRoles(store)) return Truth.Unknown;

        ResourceField roles = ResourceField.Of(store, "properties.enableRbacAuthorization");
        ResourceField policies = ResourceField.Of(store, "properties.accessPolicies");
        reason = roles.UnknownReason ?? policies.UnknownReason ?? "the vault shows no access policies";
        if (roles.IsUnknown || policies.Value.ValueKind != JsonValueKind.Array) return Truth.Unknown;
        reason = "the principal of the server's identity is not known";
        if (_principalId is null) return Truth.Unknown;

        HashSet<string> granted = Granted(policies.Value, out reason);
        string[] missing = granted.Contains("all") ? Array.Empty<string>() : Needed.Where(one => !granted.Contains(one)).ToArray();
        lacks = string.Join(", ", missing);
        return missing.Length == 0 ? Truth.True : reason.Length > 0 ? Truth.Unknown : Truth.False;
    }

    private HashSet<string> Granted(JsonElement policies, out string reason)
    {
        reason = "";
        HashSet<string> granted = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement policy in policies.EnumerateArray())
        {
            ResourceField principal = ResourceField.In(policy, "objectId");
            ResourceField keys = ResourceField.In(policy, "permissions.keys");
            if (principal.Is(_principalId!) == Truth.False) continue;

            string? unread = principal.UnknownReason ?? keys.UnknownReason;
            if (unread is not null) reason = unread;
            else if (keys.Value.ValueKind == JsonValueKind.Array) Add(keys.Value, granted, ref reason);
        }

        return granted;
    }

    private static void Add(JsonElement keys, HashSet<string> granted, ref string reason)
    {
        foreach (JsonElement permission in keys.EnumerateArray())
        {
            if (UnknownValue.Is(permission)) reason = UnknownValue.Reason(permission);
            else if (permission.ValueKind == JsonValueKind.String) granted.Add(permission.GetString()!);
        }
    }
}
