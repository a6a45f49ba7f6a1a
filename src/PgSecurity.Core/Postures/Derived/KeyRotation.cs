using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What a key's rotation policy does, as ARM gives it (<c>vaults/keys</c> GET; a list leaves the policy out). Both
/// triggers rotate: <c>timeAfterCreate</c> and <c>timeBeforeExpiry</c>. An action of type <c>notify</c> does not.
/// </summary>
internal readonly record struct KeyRotation(Truth Rotates, string Reason, string? Trigger, Truth SetsExpiry)
{
    /// <summary>Reads the policy of a key.</summary>
    public static KeyRotation Of(Resource key)
    {
        ResourceField policy = ResourceField.Of(key, "properties.rotationPolicy");
        if (policy.IsUnknown) return new KeyRotation(Truth.Unknown, policy.UnknownReason!, null, Truth.Unknown);
        if (policy.IsAbsent) return new KeyRotation(Truth.False, "", null, Truth.False);

        ResourceField expiry = ResourceField.In(policy.Value, "attributes.expiryTime");
        Truth setsExpiry = expiry.IsUnknown ? Truth.Unknown : (expiry.Text is not null).ToTruth();
        ResourceField actions = ResourceField.In(policy.Value, "lifetimeActions");
        if (actions.IsUnknown) return new KeyRotation(Truth.Unknown, actions.UnknownReason!, null, setsExpiry);
        if (actions.Value.ValueKind != JsonValueKind.Array) return new KeyRotation(Truth.False, "", null, setsExpiry);

        KeyRotation best = new(Truth.False, "", null, setsExpiry);
        foreach (JsonElement action in actions.Value.EnumerateArray())
        {
            (Truth rotates, string reason, string? trigger) = Read(action);
            if (rotates > best.Rotates) best = new KeyRotation(rotates, reason, trigger, setsExpiry);
        }

        return best;
    }

    private static (Truth Rotates, string Reason, string? Trigger) Read(JsonElement action)
    {
        ResourceField type = ResourceField.In(action, "action.type");
        ResourceField afterCreate = ResourceField.In(action, "trigger.timeAfterCreate");
        ResourceField beforeExpiry = ResourceField.In(action, "trigger.timeBeforeExpiry");
        Truth triggered = IsSet(afterCreate).Or(IsSet(beforeExpiry));
        string? trigger = afterCreate.Text is { } after ? after + " after it was made"
            : beforeExpiry.Text is { } before ? before + " before it expires"
            : null;
        string reason = type.UnknownReason ?? afterCreate.UnknownReason ?? beforeExpiry.UnknownReason ?? "";
        return (type.Is("rotate").And(triggered), reason, trigger);
    }

    private static Truth IsSet(ResourceField field) =>
        field.IsUnknown ? Truth.Unknown : (field.Text is not null).ToTruth();
}
