using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// The customer-managed keys of a server as a chain: what the server names, the key that it finds there, and the vault
/// or managed HSM that keeps the key. One resource a key, <c>primary</c> and <c>geoBackup</c>; none where the service
/// manages the key.
/// </summary>
/// <remarks>
/// From the server: <c>keyUri</c>, <c>keyVersion</c> (<c>newest</c> where the server follows rotations), <c>status</c>
/// (unknown where the service says so, or nothing), <c>identityId</c>. From the key, matched by the host of its store
/// and its name: <c>keyState</c> (<c>usable</c>, or what is wrong), <c>expirySet</c>, <c>expires</c>, <c>daysToExpiry</c>
/// (whole days; left out where the key does not expire), <c>rotation</c> (<c>automatic</c>, or what there is instead),
/// <c>succession</c> (<c>ensured</c>, <c>not needed</c>, or when the key ends and why nothing follows), <c>keyType</c>,
/// <c>keySize</c> (bits). From the store: <c>storeId</c>, <c>purgeProtection</c>, <c>softDelete</c>,
/// <c>openToAllNetworks</c>, <c>publicAddresses</c>, <c>trustedServicesReachIt</c>. From both: <c>identityState</c>
/// (<c>usable</c>, or what is wrong).
/// </remarks>
public sealed class EncryptionKeys : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/encryptionKeys";

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

        ResourceField mode = Encryption(posture, "type");
        if (mode.IsUnknown) return Facet.Unavailable(FacetType, mode.UnknownReason!);
        if (mode.Is("AzureKeyVault") == Truth.False) return new Facet(FacetType, Array.Empty<Resource>());

        List<Resource> keys = new() { Describe(posture, "primary", "primaryKeyURI", "primaryUserAssignedIdentityId", "primaryEncryptionKeyStatus") };
        ResourceField geo = Encryption(posture, "geoBackupKeyURI");
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
        ResourceField status = Encryption(posture, statusName);
        KeyIdentity identity = new(posture.Server, Encryption(posture, identityName));
        Fact fact = new Fact().Set("keyUri", uri);
        SetStatus(fact, status);

        EncryptionKeyUri? key = EncryptionKeyUri.Parse(uri.Text);
        if (key is null)
        {
            string reason = uri.UnknownReason ?? (uri.Text is null ? "the server names no key" : "what the server names is not the URI of a key");
            fact.SetUnknown("keyVersion", reason);
            EncryptionKey.DescribeUnknown(fact, reason);
            KeyStore.DescribeUnknown(fact, reason);
            identity.Describe(fact, null, status, reason);
        }
        else
        {
            fact.Set("keyVersion", key.Version ?? "newest");
            EncryptionKey.Describe(fact, posture, key);
            DescribeStore(fact, posture, key, identity, status);
        }

        return fact.ToResource(posture, FacetType, usage);
    }

    private static void SetStatus(Fact fact, ResourceField status)
    {
        bool says = status.Is("Valid") == Truth.True || status.Is("Invalid") == Truth.True;
        if (says) fact.Set("status", status);
        else fact.SetUnknown("status", status.UnknownReason ?? "the service does not say whether the key is valid");
    }

    private static void DescribeStore(Fact fact, Posture posture, EncryptionKeyUri uri, KeyIdentity identity, ResourceField status)
    {
        Facet facet = posture.FacetOf(uri.IsManagedHsm ? FacetTypes.ManagedHsms : FacetTypes.Vaults);
        Resource? store = facet.Resources.FirstOrDefault(candidate => IsStore(candidate, uri));
        string reason = facet.Gap?.Reason ?? $"{uri.StoreName} is not among the key stores that were read";
        if (store is null) KeyStore.DescribeUnknown(fact, reason);
        else KeyStore.Describe(fact, store);
        identity.Describe(fact, store, status, reason);
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

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
