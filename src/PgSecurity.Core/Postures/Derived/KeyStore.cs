using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>The vault or managed HSM of a key: what it keeps, and who can reach it.</summary>
internal static class KeyStore
{
    private static readonly string[] Names =
    {
        "purgeProtection", "softDelete", "openToAllNetworks", "publicAddresses", "trustedServicesReachIt",
    };

    /// <summary>Adds what is known of the store to the fact of a key.</summary>
    public static void Describe(Fact fact, Resource store)
    {
        ResourceField purge = ResourceField.Of(store, "properties.enablePurgeProtection");
        Truth purgeProtection = purge.Is("true");
        fact.Set("storeId", store.Id).Set("purgeProtection", purgeProtection, purge.UnknownReason ?? "");
        fact.Set("softDelete", SoftDelete(store, purgeProtection, out string reason), reason);
        DescribeNetwork(fact, store);
    }

    /// <summary>Marks all of it as unknown.</summary>
    public static void DescribeUnknown(Fact fact, string reason)
    {
        foreach (string name in Names)
        {
            fact.SetUnknown(name, reason);
        }
    }

    // Every managed HSM and every vault made since December 2020 soft-deletes; a vault with purge protection must.
    private static Truth SoftDelete(Resource store, Truth purgeProtection, out string reason)
    {
        ResourceField field = ResourceField.Of(store, "properties.enableSoftDelete");
        reason = field.UnknownReason ?? "the vault does not say whether it soft-deletes";
        if (field.Text is not null) return field.Is("true");
        return IsManagedHsm(store) || purgeProtection == Truth.True ? Truth.True : Truth.Unknown;
    }

    private static void DescribeNetwork(Fact fact, Resource store)
    {
        ResourceField access = ResourceField.Of(store, "properties.publicNetworkAccess");
        ResourceField rules = ResourceField.Of(store, "properties.networkAcls");
        ResourceField action = ResourceField.Of(store, "properties.networkAcls.defaultAction");
        ResourceField bypass = ResourceField.Of(store, "properties.networkAcls.bypass");

        // Left out, the default action is Allow and the bypass is AzureServices.
        Truth off = access.Is("Disabled");
        Truth denies = action.Is("Deny");
        Truth closed = off.Or(denies);
        string reason = access.UnknownReason ?? action.UnknownReason ?? "";
        fact.Set("openToAllNetworks", closed.Not(), reason);
        fact.Set("trustedServicesReachIt", closed.Not().Or(bypass.Is("None").Not()), bypass.UnknownReason ?? reason);

        if (off == Truth.True) fact.Set("publicAddresses", 0);
        else if (closed == Truth.False) fact.Set("publicAddresses", 1L << 32);
        else if (closed == Truth.Unknown) fact.SetUnknown("publicAddresses", reason);
        else SetAddresses(fact, rules, off, reason);
    }

    private static void SetAddresses(Fact fact, ResourceField rules, Truth off, string reason)
    {
        ResourceField ipRules = ResourceField.In(rules.Value, "ipRules");
        List<Ipv4Range> ranges = new();
        string? unread = ipRules.UnknownReason ?? (off == Truth.Unknown ? reason : null);
        if (ipRules.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement rule in ipRules.Value.EnumerateArray())
            {
                ResourceField value = ResourceField.In(rule, "value");
                if (TryReadBlock(value.Text, out Ipv4Range range)) ranges.Add(range);
                else unread ??= value.UnknownReason ?? $"the rule '{value.Text}' is not an IPv4 address or block";
            }
        }

        if (unread is null) fact.Set("publicAddresses", new Ipv4Set(ranges).Addresses);
        else fact.SetUnknown("publicAddresses", unread);
    }

    private static bool TryReadBlock(string? text, out Ipv4Range range)
    {
        string[] parts = (text ?? "").Split('/');
        range = default;
        if (!Ipv4Range.TryParseAddress(parts[0], out uint address) || parts.Length > 2) return false;

        int prefix = 32;
        bool isBlock = parts.Length == 1
            || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= 32);
        if (!isBlock) return false;

        uint hosts = (uint)((1L << (32 - prefix)) - 1);
        range = new Ipv4Range(address & ~hosts, address | hosts);
        return true;
    }

    /// <summary>Whether role assignments, which are not looked at, say who may use the keys of a store.</summary>
    public static bool IsOpenedByRoles(Resource store) =>
        IsManagedHsm(store) || ResourceField.Of(store, "properties.enableRbacAuthorization").Is("true") == Truth.True;

    private static bool IsManagedHsm(Resource store) =>
        string.Equals(store.Type, FacetTypes.ManagedHsms, StringComparison.OrdinalIgnoreCase);
}
