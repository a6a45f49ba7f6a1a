using System;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>What is known of the key that a server names.</summary>
internal static class EncryptionKey
{
    private static readonly string[] Names = { "keyState", "keyType", "keySize", "rotation", "expirySet", "daysToExpiry", "succession" };

    /// <summary>Adds it to the fact.</summary>
    public static void Describe(Fact fact, Posture posture, EncryptionKeyUri uri)
    {
        Facet facet = posture.FacetOf(uri.IsManagedHsm ? FacetTypes.ManagedHsmKeys : FacetTypes.Keys);
        Resource? key = facet.Resources.FirstOrDefault(candidate => IsIt(candidate, uri));
        if (key is not null)
        {
            Describe(fact, key, uri, AsOf.Of(posture));
            return;
        }

        string reason = facet.Gap?.Reason ?? $"there is no key {uri.Name} in {uri.StoreName}";
        DescribeUnknown(fact, reason);
        if (facet.IsComplete) fact.Set("keyState", $"not found in {uri.StoreName}");
    }

    /// <summary>Marks all of it as unknown.</summary>
    public static void DescribeUnknown(Fact fact, string reason)
    {
        foreach (string name in Names)
        {
            fact.SetUnknown(name, reason);
        }
    }

    private static void Describe(Fact fact, Resource key, EncryptionKeyUri uri, DateTimeOffset now)
    {
        KeyRotation rotation = KeyRotation.Of(key);
        KeyLifetime lifetime = new(key);
        SetState(fact, key, lifetime, now);
        fact.Set("keyType", ResourceField.Of(key, "properties.kty"));
        SetSize(fact, ResourceField.Of(key, "properties.keySize"));
        if (rotation.Rotates == Truth.Unknown) fact.SetUnknown("rotation", rotation.UnknownReason);
        else fact.Set("rotation", rotation.Describe());

        Truth expires = lifetime.EndUnknown is not null ? Truth.Unknown : (lifetime.Ends is not null).ToTruth();
        fact.Set("expirySet", expires.Or(rotation.SetsExpiry), lifetime.EndUnknown ?? rotation.UnknownReason);
        fact.Set("expires", lifetime.Ends is { } end ? KeyLifetime.Show(end) : null);
        if (lifetime.EndUnknown is { } unknown) fact.SetUnknown("daysToExpiry", unknown);
        else if (lifetime.DaysLeft(now) is { } days) fact.Set("daysToExpiry", days);
        SetSuccession(fact, lifetime, rotation, uri);
    }

    private static void SetState(Fact fact, Resource key, KeyLifetime lifetime, DateTimeOffset now)
    {
        ResourceField enabled = ResourceField.Of(key, "properties.attributes.enabled");
        string? unknown = enabled.IsAbsent ? "the key does not say whether it is enabled"
            : enabled.UnknownReason ?? lifetime.StartUnknown ?? lifetime.EndUnknown;
        string? fault = enabled.Text is not null && enabled.Is("true") == Truth.False ? "disabled"
            : lifetime.Ends <= now ? "expired on " + KeyLifetime.Show(lifetime.Ends.Value)
            : lifetime.Starts > now ? "not active before " + KeyLifetime.Show(lifetime.Starts.Value)
            : null;
        if (fault is not null) fact.Set("keyState", fault);
        else if (unknown is not null) fact.SetUnknown("keyState", unknown);
        else fact.Set("keyState", "usable");
    }

    private static void SetSize(Fact fact, ResourceField size)
    {
        if (size.Number is { } bits) fact.Set("keySize", bits);
        else fact.SetUnknown("keySize", size.UnknownReason ?? "the key does not say its size");
    }

    private static void SetSuccession(Fact fact, KeyLifetime lifetime, KeyRotation rotation, EncryptionKeyUri uri)
    {
        string ends = lifetime.Ends is { } end ? "ends on " + KeyLifetime.Show(end) : "";
        if (lifetime.EndUnknown is { } unknown) fact.SetUnknown("succession", unknown);
        else if (lifetime.Ends is null) fact.Set("succession", "not needed");
        else if (uri.Version is not null) fact.Set("succession", ends + ", and the server stays with this version");
        else if (rotation.Rotates == Truth.False) fact.Set("succession", ends + ", and nothing rotates it");
        else if (rotation.Rotates == Truth.Unknown) fact.SetUnknown("succession", rotation.UnknownReason);
        else fact.Set("succession", "ensured");
    }

    private static bool IsIt(Resource key, EncryptionKeyUri uri)
    {
        EncryptionKeyUri? own = EncryptionKeyUri.Parse(ResourceField.Of(key, "properties.keyUri").Text);
        if (own is not null) return Same(own.Host, uri.Host) && Same(own.Name, uri.Name);

        string[] parts = key.Id.Trim('/').Split('/');
        return parts.Length >= 4 && Same(parts[parts.Length - 1], uri.Name) && Same(parts[parts.Length - 3], uri.StoreName);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
