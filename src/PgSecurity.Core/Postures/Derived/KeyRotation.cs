using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What a key's rotation policy does, as ARM gives it (<c>vaults/keys</c> GET; a list leaves the policy out). Both
/// triggers rotate: <c>timeAfterCreate</c> and <c>timeBeforeExpiry</c>. An action of type <c>notify</c> does not.
/// </summary>
/// <param name="Rotates">Whether it rotates the key.</param>
/// <param name="Notifies">Whether it tells somebody before the key expires.</param>
/// <param name="SetsExpiry">Whether it gives every version an expiry.</param>
/// <param name="UnknownReason">Why one of these is unknown; empty where all are known.</param>
internal readonly record struct KeyRotation(Truth Rotates, Truth Notifies, Truth SetsExpiry, string UnknownReason)
{
    /// <summary>Reads the policy of a key.</summary>
    public static KeyRotation Of(Resource key)
    {
        ResourceField policy = ResourceField.Of(key, "properties.rotationPolicy");
        if (policy.IsUnknown) return new KeyRotation(Truth.Unknown, Truth.Unknown, Truth.Unknown, policy.UnknownReason!);
        if (policy.IsAbsent) return new KeyRotation(Truth.False, Truth.False, Truth.False, "");

        ResourceField expiry = ResourceField.In(policy.Value, "attributes.expiryTime");
        ResourceField actions = ResourceField.In(policy.Value, "lifetimeActions");
        Truth rotates = actions.IsUnknown ? Truth.Unknown : Truth.False;
        Truth notifies = rotates;
        string reason = actions.UnknownReason ?? expiry.UnknownReason ?? "";
        if (actions.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement action in actions.Value.EnumerateArray())
            {
                ResourceField type = ResourceField.In(action, "action.type");
                Truth triggered = IsTriggered(action, ref reason);
                reason = type.UnknownReason ?? reason;
                rotates = rotates.Or(type.Is("rotate").And(triggered));
                notifies = notifies.Or(type.Is("notify").And(triggered));
            }
        }

        return new KeyRotation(rotates, notifies, IsSet(expiry), reason);
    }

    /// <summary>The policy in a word: <c>automatic</c>, or what it does instead.</summary>
    public string Describe() => Rotates == Truth.True ? "automatic" : Notifies == Truth.True ? "none, a notice only" : "none";

    private static Truth IsTriggered(JsonElement action, ref string reason)
    {
        ResourceField afterCreate = ResourceField.In(action, "trigger.timeAfterCreate");
        ResourceField beforeExpiry = ResourceField.In(action, "trigger.timeBeforeExpiry");
        reason = afterCreate.UnknownReason ?? beforeExpiry.UnknownReason ?? reason;
        return IsSet(afterCreate).Or(IsSet(beforeExpiry));
    }

    private static Truth IsSet(ResourceField field) =>
        field.IsUnknown ? Truth.Unknown : (field.Text is not null).ToTruth();
}
