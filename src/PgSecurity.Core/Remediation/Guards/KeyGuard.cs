using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>
/// A server gets another key only where the key can be used, its vault keeps it and lets the service in, and an identity of
/// the server's own may wrap and unwrap with it: without its key a server stops within the hour.
/// </summary>
internal sealed class KeyGuard : IGuard
{
    private const string Identity = "keyIdentity";
    private static readonly string[] Sizes = { "2048", "3072", "4096" };

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is not ServerChange { Concern: "dataEncryption" }) yield break;
        Posture after = WithoutStatus(change.After);
        foreach (string usage in new[] { "primary", "geoBackup" })
        {
            if (!IsChanged(change, usage)) continue;
            foreach (GuardVerdict verdict in Judge(change, after, usage))
            {
                yield return verdict;
            }
        }

        if (GeoFault(after) is string fault) yield return GuardVerdict.Refuse("geoKey", fault);
        yield return GuardVerdict.Ask(
            "connectivityLoss", Consent.ConnectivityLoss, "A server that cannot use its key becomes inaccessible. Keep the former key enabled until the server has the new one.");
    }

    private static IEnumerable<GuardVerdict> Judge(GuardedChange change, Posture after, string usage)
    {
        string uri = Encryption(after, usage + "KeyURI").Text ?? "";
        string identity = Encryption(after, usage + "UserAssignedIdentityId").Text ?? "";
        if (uri.Length == 0) yield break;
        if (identity.Length == 0)
        {
            yield return GuardVerdict.Refuse(Identity, "A key needs an identity that may use it.");
            yield break;
        }

        if (!Assigned(change.Before).Any(own => GuardedChange.Is(own.Trim('/'), identity.Trim('/'))))
        {
            yield return GuardVerdict.Refuse(Identity, $"The identity '{ResourceId.NameOf(identity)}' is not assigned to the server. Assign it first, and let it use the key (Set-PgDataEncryption -IdentityId <id> assigns one that may).");
        }

        if (after.FacetOf(EncryptionKeys.FacetType).Find(usage) is not Resource key)
        {
            yield return GuardVerdict.Refuse("key", "Nothing is known of the key.");
            yield break;
        }

        string name = ResourceId.NameOf(uri);
        if (Lacks(key, "keyState", "usable") is string state) yield return GuardVerdict.Refuse("key", $"The key {name} cannot be used: {state}.");
        if (WrongKind(key) is string kind) yield return GuardVerdict.Refuse("key", $"The key {name} is no RSA key of 2048, 3072 or 4096 bits: {kind}.");
        if (Lacks(key, "softDelete", "true") is string soft) yield return GuardVerdict.Refuse("keyStore", $"The vault must soft-delete: {soft}.");
        if (Lacks(key, "purgeProtection", "true") is string purge) yield return GuardVerdict.Refuse("keyStore", $"The vault must have purge protection, or a deleted key takes the data with it: {purge}.");
        if (Lacks(key, "trustedServicesReachIt", "true") is string closed) yield return GuardVerdict.Refuse("keyStore", $"The vault must let trusted Microsoft services in: {closed}.");
        if (AccessFault(change, key, usage, uri, identity) is string access) yield return GuardVerdict.Refuse(Identity, access);
    }

    private static string? AccessFault(GuardedChange change, Resource key, string usage, string uri, string identity)
    {
        if (IsProvenByUse(change.Before, usage, uri, identity)) return null;
        ResourceField state = ResourceField.Of(key, "properties.identityState");
        if (GuardedChange.Is(state.Text, "usable")) return null;
        string who = ResourceId.NameOf(identity);
        if (!state.IsUnknown) return $"The identity '{who}' may not use the key: {state.Text}.";

        Facet roles = change.Before.FacetOf(Surroundings.KeyAccessType);
        ResourceField mayUse = roles.Find(usage) is Resource access ? ResourceField.Of(access, "properties.mayUse") : ResourceField.Unknown(roles.Gap?.Reason ?? state.UnknownReason!);
        if (GuardedChange.Is(mayUse.Text, "true")) return null;
        return mayUse.IsUnknown
            ? $"Whether the identity '{who}' may use the key cannot be told: {mayUse.UnknownReason}."
            : $"The identity '{who}' has no role that lets it read, wrap and unwrap with the key. Give it 'Key Vault Crypto Service Encryption User' on the key.";
    }

    /// <summary>Another version of the same key, by the same identity, of which the service says that it works.</summary>
    private static bool IsProvenByUse(Posture before, string usage, string uri, string identity)
    {
        EncryptionKeyUri? now = EncryptionKeyUri.Parse(Encryption(before, usage + "KeyURI").Text);
        EncryptionKeyUri? next = EncryptionKeyUri.Parse(uri);
        return now is not null && next is not null
            && GuardedChange.Is(now.Host, next.Host) && GuardedChange.Is(now.Name, next.Name)
            && GuardedChange.Is(Encryption(before, usage + "UserAssignedIdentityId").Text, identity)
            && GuardedChange.Is(Encryption(before, usage + "EncryptionKeyStatus").Text, "Valid");
    }

    private static string? GeoFault(Posture after)
    {
        if (!GuardedChange.Is(GuardedChange.Server(after, "properties.backup.geoRedundantBackup").Text, "Enabled")) return null;
        string? geoIdentity = Encryption(after, "geoBackupUserAssignedIdentityId").Text;
        if (Encryption(after, "geoBackupKeyURI").Text is null || geoIdentity is null)
        {
            return "The server's backups are geo-redundant: it needs a second key, in a vault of the paired region, and a second identity for it.";
        }

        return GuardedChange.Is(geoIdentity, Encryption(after, "primaryUserAssignedIdentityId").Text)
            ? "The identity for the geo-backup key must be another one than that of the primary key."
            : null;
    }

    private static string? WrongKind(Resource key)
    {
        ResourceField kind = ResourceField.Of(key, "properties.keyType");
        ResourceField size = ResourceField.Of(key, "properties.keySize");
        if ((kind.UnknownReason ?? size.UnknownReason) is string unknown) return unknown;
        bool isRsa = GuardedChange.Is(kind.Text, "RSA") || GuardedChange.Is(kind.Text, "RSA-HSM");
        return isRsa && Sizes.Contains(size.Text) ? null : $"it is {kind.Text ?? "of no known kind"} {size.Text}".TrimEnd();
    }

    /// <summary>What a fact is in place of the value wanted; null where it is that value.</summary>
    private static string? Lacks(Resource key, string name, string wanted)
    {
        ResourceField field = ResourceField.Of(key, "properties." + name);
        if (GuardedChange.Is(field.Text, wanted)) return null;
        return field.IsUnknown ? "that cannot be told, " + field.UnknownReason : wanted == "true" ? "it does not" : field.Text ?? "it says nothing";
    }

    private static bool IsChanged(GuardedChange change, string usage) => new[] { "KeyURI", "UserAssignedIdentityId" }
        .Any(member => !GuardedChange.Is(Encryption(change.Before, usage + member).Text, Encryption(change.After, usage + member).Text));

    /// <summary>What the service says of a key is of the one that it has, not of the one that it is to have.</summary>
    private static Posture WithoutStatus(Posture posture)
    {
        JsonObject server = JsonShape.Copy(posture.Server.Body)!;
        if (JsonShape.At(server, "properties", "dataEncryption") is JsonObject encryption)
        {
            encryption.Remove("primaryEncryptionKeyStatus");
            encryption.Remove("geoBackupEncryptionKeyStatus");
        }

        return PostureEdit.WithServer(posture, server);
    }

    private static ResourceField Encryption(Posture posture, string member) => GuardedChange.Server(posture, "properties.dataEncryption." + member);

    private static IEnumerable<string> Assigned(Posture posture) =>
        JsonShape.At(JsonShape.Copy(posture.Server.Body), "identity", "userAssignedIdentities") is JsonObject map
            ? map.Select(entry => entry.Key)
            : Enumerable.Empty<string>();
}
