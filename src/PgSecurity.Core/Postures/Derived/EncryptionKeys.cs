using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// The customer-managed keys of a server as a chain: what the server names, the key that it finds there, and the vault
/// or managed HSM that keeps the key. One resource a key, <c>primary</c> and <c>geoBackup</c>; none where the service
/// manages the key.
/// </summary>
/// <remarks>
/// From the server: <c>keyUri</c>, <c>versioned</c>, <c>status</c> (unknown where the service says so, or nothing),
/// <c>identityId</c>, <c>identityAssigned</c>. From the key, matched by the host of its store and its name:
/// <c>found</c>, <c>enabled</c>, <c>started</c>, <c>expirySet</c>, <c>expired</c>, <c>expires</c>, <c>daysToExpiry</c> (whole days; far above any
/// limit where the key does not expire), <c>rotates</c>, <c>rotationTrigger</c>, <c>keyType</c>, <c>keySize</c> (bits).
/// From the store: <c>storeId</c>, <c>purgeProtection</c>, <c>softDelete</c>, <c>openToAllNetworks</c>,
/// <c>publicAddresses</c>, <c>trustedServicesReachIt</c>. From both: <c>identityMayUseKey</c>.
/// </remarks>
public sealed class EncryptionKeys : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/encryptionKeys";

    /// <summary><c>daysToExpiry</c> of a key that does not expire.</summary>
    public const long Never = 999_999;

    private static readonly string[] OfTheKey =
    {
        "enabled", "started", "expirySet", "expired", "daysToExpiry", "rotates", "keyType", "keySize",
    };

    private static readonly string[] OfTheStore =
    {
        "purgeProtection", "softDelete", "openToAllNetworks", "publicAddresses", "trustedServicesReachIt",
    };

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[]
    {
        FacetTypes.Server, FacetTypes.Keys, FacetTypes.Vaults, FacetTypes.ManagedHsms, FacetTypes.ManagedHsmKeys,
    };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        ResourceField mode = ResourceField.Of(posture.Server, "properties.dataEncryption.type");
        if (mode.IsUnknown) return Facet.Unavailable(FacetType, mode.UnknownReason!);
        if (mode.Is("AzureKeyVault") == Truth.False) return new Facet(FacetType, Array.Empty<Resource>());

        List<Resource> keys = new() { Describe(posture, "primary", "primaryKeyURI", "primaryUserAssignedIdentityId", "primaryEncryptionKeyStatus") };
        ResourceField geo = ResourceField.Of(posture.Server, "properties.dataEncryption.geoBackupKeyURI");
        if (geo.Text is not null)
        {
            keys.Add(Describe(posture, "geoBackup", "geoBackupKeyURI", "geoBackupUserAssignedIdentityId", "geoBackupEncryptionKeyStatus"));
        }

        FacetGap? gap = geo.IsUnknown ? new FacetGap(FacetGapKind.Partial, geo.UnknownReason!) : null;
        return new Facet(FacetType, keys, gap);
    }

    private static Resource Describe(Posture posture, string usage, string uriName, string identityName, string statusName)
    {
        ResourceField uri = Encryption(posture, uriName);
        ResourceField identity = Encryption(posture, identityName);
        ResourceField status = Encryption(posture, statusName);
        Fact fact = new Fact().Set("keyUri", uri).Set("identityId", identity);
        SetStatus(fact, status);
        Truth assigned = IsAssigned(posture, identity, out string? principalId, out string reason);
        fact.Set("identityAssigned", assigned, reason);

        EncryptionKeyUri? key = EncryptionKeyUri.Parse(uri.Text);
        if (key is null)
        {
            reason = uri.UnknownReason ?? (uri.Text is null ? "the server names no key" : "what the server names is not the URI of a key");
            Unknown(fact, reason, OfTheKey.Concat(OfTheStore).Concat(new[] { "versioned", "found", "identityMayUseKey" }));
        }
        else
        {
            fact.Set("versioned", key.Version is not null);
            DescribeKey(fact, posture, key);
            DescribeStore(fact, posture, key, principalId, status);
        }

        return fact.ToResource(posture, FacetType, usage);
    }

    private static void SetStatus(Fact fact, ResourceField status)
    {
        bool says = status.Is("Valid") == Truth.True || status.Is("Invalid") == Truth.True;
        if (says) fact.Set("status", status);
        else fact.SetUnknown("status", status.UnknownReason ?? "the service does not say whether the key is valid");
    }

    private static void DescribeKey(Fact fact, Posture posture, EncryptionKeyUri uri)
    {
        Facet facet = posture.FacetOf(uri.IsManagedHsm ? FacetTypes.ManagedHsmKeys : FacetTypes.Keys);
        Resource? key = facet.Resources.FirstOrDefault(candidate => Names(candidate, uri));
        if (key is null)
        {
            string reason = facet.Gap?.Reason ?? $"there is no key {uri.Name} in {uri.StoreName}";
            fact.Set("found", facet.IsComplete ? Truth.False : Truth.Unknown, reason);
            Unknown(fact, reason, OfTheKey);
            return;
        }

        KeyRotation rotation = KeyRotation.Of(key);
        ResourceField enabled = ResourceField.Of(key, "properties.attributes.enabled");
        fact.Set("found", true)
            .Set("enabled", enabled.IsAbsent ? Truth.Unknown : enabled.Is("true"), enabled.UnknownReason ?? "the key does not say whether it is enabled")
            .Set("rotates", rotation.Rotates, rotation.Reason)
            .Set("rotationTrigger", rotation.Trigger)
            .Set("keyType", ResourceField.Of(key, "properties.kty"));
        SetSize(fact, ResourceField.Of(key, "properties.keySize"));
        SetTimes(fact, key, rotation, AsOf.Of(posture));
    }

    private static void SetSize(Fact fact, ResourceField size)
    {
        if (size.Number is { } bits) fact.Set("keySize", bits);
        else fact.SetUnknown("keySize", size.UnknownReason ?? "the key does not say its size");
    }

    private static void SetTimes(Fact fact, Resource key, KeyRotation rotation, DateTimeOffset now)
    {
        ResourceField starts = ResourceField.Of(key, "properties.attributes.nbf");
        ResourceField ends = ResourceField.Of(key, "properties.attributes.exp");
        DateTimeOffset? start = KeyAttributes.Time(starts);
        DateTimeOffset? end = KeyAttributes.Time(ends);
        fact.Set("started", IsLegible(starts, start) ? (start is null || start <= now).ToTruth() : Truth.Unknown, Why(starts));
        if (!IsLegible(ends, end))
        {
            Unknown(fact, Why(ends), new[] { "expired", "daysToExpiry" });
            fact.Set("expirySet", rotation.SetsExpiry.Or(Truth.Unknown), Why(ends));
            return;
        }

        fact.Set("expirySet", (end is not null).ToTruth().Or(rotation.SetsExpiry), rotation.Reason)
            .Set("expired", end is not null && end <= now)
            .Set("expires", end is null ? null : KeyAttributes.Show(end.Value))
            .Set("daysToExpiry", end is null ? Never : (long)Math.Floor((end.Value - now).TotalDays));
    }

    private static bool IsLegible(ResourceField field, DateTimeOffset? time) => field.IsAbsent || time is not null;

    private static string Why(ResourceField field) => field.UnknownReason ?? "the time in the key's attributes cannot be read";

    private static void DescribeStore(Fact fact, Posture posture, EncryptionKeyUri uri, string? principalId, ResourceField status)
    {
        Facet facet = posture.FacetOf(uri.IsManagedHsm ? FacetTypes.ManagedHsms : FacetTypes.Vaults);
        Resource? store = facet.Resources.FirstOrDefault(candidate => IsStore(candidate, uri));
        string reason = facet.Gap?.Reason ?? $"{uri.StoreName} is not among the key stores that were read";
        Truth mayUse = Truth.Unknown;
        if (store is null) Unknown(fact, reason, OfTheStore);
        else
        {
            KeyStore.Describe(fact, store);
            mayUse = KeyStore.MayUseKeys(store, principalId, out reason);
        }

        // A valid status is the service's own proof that it can use the key. It may be an hour old, so it settles only what
        // access policies that were not read cannot deny.
        bool onlyRolesDecide = store is not null && KeyStore.IsOpenedByRoles(store);
        if (mayUse == Truth.Unknown && onlyRolesDecide && status.Is("Valid") == Truth.True) mayUse = Truth.True;
        fact.Set("identityMayUseKey", mayUse, reason);
    }

    private static Truth IsAssigned(Posture posture, ResourceField identity, out string? principalId, out string reason)
    {
        principalId = null;
        ResourceField assigned = ResourceField.Of(posture.Server, "identity.userAssignedIdentities");
        reason = identity.UnknownReason ?? assigned.UnknownReason ?? "the server names no identity for the key";
        if (identity.Text is null || assigned.IsUnknown) return Truth.Unknown;
        if (assigned.Value.ValueKind != JsonValueKind.Object) return Truth.False;

        foreach (JsonProperty one in assigned.Value.EnumerateObject())
        {
            if (!SameId(one.Name, identity.Text)) continue;
            principalId = ResourceField.In(one.Value, "principalId").Text;
            return Truth.True;
        }

        return Truth.False;
    }

    private static bool Names(Resource key, EncryptionKeyUri uri)
    {
        EncryptionKeyUri? own = EncryptionKeyUri.Parse(ResourceField.Of(key, "properties.keyUri").Text);
        if (own is not null) return Same(own.Host, uri.Host) && Same(own.Name, uri.Name);

        string[] parts = key.Id.Trim('/').Split('/');
        return parts.Length >= 4 && Same(parts[parts.Length - 1], uri.Name) && Same(parts[parts.Length - 3], uri.StoreName);
    }

    private static bool IsStore(Resource store, EncryptionKeyUri uri)
    {
        string? own = ResourceField.Of(store, "properties.vaultUri").Text ?? ResourceField.Of(store, "properties.hsmUri").Text;
        return Uri.TryCreate(own, UriKind.Absolute, out Uri? address)
            ? Same(address.Host, uri.Host)
            : Same(store.Name, uri.StoreName);
    }

    private static ResourceField Encryption(Posture posture, string name) =>
        ResourceField.Of(posture.Server, "properties.dataEncryption." + name);

    private static void Unknown(Fact fact, string reason, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            fact.SetUnknown(name, reason);
        }
    }

    private static bool SameId(string left, string right) => Same(left.Trim('/'), right.Trim('/'));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
