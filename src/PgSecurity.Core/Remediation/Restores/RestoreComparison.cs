using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;

namespace PgSecurity.Core.Remediation.Restores;

/// <summary>Holds a restored server against its source: as closed, as encrypted, as strict. More than the source has is fine.</summary>
internal static class RestoreComparison
{
    /// <summary>The facets of both servers that are looked at.</summary>
    public static IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.FirewallRules, FacetTypes.Configurations };

    /// <summary>The checks, in the order of a reader.</summary>
    public static IEnumerable<RestoreCheck> Of(Posture source, Posture restored)
    {
        yield return Same("version", source, restored, "properties.version");
        yield return Encryption(source, restored);
        yield return PublicAccess(source, restored);
        yield return Firewall(source, restored);
        yield return Transport(source, restored);
        yield return Authentication(source, restored);
    }

    private static RestoreCheck Same(string name, Posture source, Posture restored, string path)
    {
        ResourceField wanted = ResourceField.Of(source.Server, path);
        ResourceField found = ResourceField.Of(restored.Server, path);
        if (Unknown(name, wanted, found) is RestoreCheck unknown) return unknown;
        return Verdict(name, Is(wanted.Text, found.Text), wanted.Text ?? "(none)", found.Text ?? "(none)");
    }

    /// <summary>The kind of key, and where it is the customer's, the key.</summary>
    private static RestoreCheck Encryption(Posture source, Posture restored)
    {
        const string Name = "encryption";
        ResourceField wanted = ResourceField.Of(source.Server, "properties.dataEncryption.type");
        ResourceField found = ResourceField.Of(restored.Server, "properties.dataEncryption.type");
        if (wanted.IsUnknown || found.IsUnknown) return new RestoreCheck(Name, Outcome.Unknown, wanted.Text ?? "", (wanted.UnknownReason ?? found.UnknownReason)!);
        bool ownKey = Is(wanted.Text, "AzureKeyVault");
        string expected = ownKey ? "AzureKeyVault, " + Key(source) : "SystemManaged";
        string observed = Is(found.Text, "AzureKeyVault") ? "AzureKeyVault, " + Key(restored) : "SystemManaged";
        bool isInvalid = Is(ResourceField.Of(restored.Server, "properties.dataEncryption.primaryEncryptionKeyStatus").Text, "Invalid");
        return Verdict(Name, !ownKey || (Is(expected, observed) && !isInvalid), expected, isInvalid ? observed + ", not valid" : observed);
    }

    private static string Key(Posture posture) => ResourceField.Of(posture.Server, "properties.dataEncryption.primaryKeyURI").Text ?? "no key";

    private static RestoreCheck PublicAccess(Posture source, Posture restored)
    {
        const string Name = "publicAccess";
        if (ResourceField.Of(source.Server, "properties.network.delegatedSubnetResourceId").Text is string subnet)
        {
            string? other = ResourceField.Of(restored.Server, "properties.network.delegatedSubnetResourceId").Text;
            return Verdict(Name, Is(subnet, other), "subnet " + ResourceId.NameOf(subnet), other is null ? "not in a virtual network" : "subnet " + ResourceId.NameOf(other));
        }

        ResourceField wanted = ResourceField.Of(source.Server, "properties.network.publicNetworkAccess");
        ResourceField found = ResourceField.Of(restored.Server, "properties.network.publicNetworkAccess");
        bool isClosed = Is(found.Text, "Disabled");
        if (isClosed) return new RestoreCheck(Name, Outcome.Pass, wanted.Text ?? "(not known)", "Disabled");
        if (Unknown(Name, wanted, found) is RestoreCheck unknown) return unknown;

        // The service takes a server without the property for a public one.
        return Verdict(Name, !Is(wanted.Text, "Disabled"), wanted.Text ?? "Enabled", found.Text ?? "Enabled");
    }

    private static RestoreCheck Firewall(Posture source, Posture restored)
    {
        const string Name = "firewall";
        Facet wanted = source.FacetOf(FacetTypes.FirewallRules);
        Facet found = restored.FacetOf(FacetTypes.FirewallRules);
        if (found.IsComplete && found.Resources.Count == 0) return new RestoreCheck(Name, Outcome.Pass, $"{wanted.Resources.Count} rules", "no rules");
        IReadOnlyList<FirewallRule> there = FirewallRule.ReadAll(found);
        string? gap = wanted.Gap?.Reason ?? found.Gap?.Reason ?? there.Select(rule => rule.Gap).FirstOrDefault(reason => reason is not null);
        if (gap is not null) return new RestoreCheck(Name, Outcome.Unknown, $"{wanted.Resources.Count} rules", gap);
        IReadOnlyList<FirewallRule> own = FirewallRule.ReadAll(wanted);
        long more = Addresses(there).Except(Addresses(own)).Addresses;
        bool opensToAzure = there.Any(rule => rule.Reach == FirewallReach.Azure) && own.All(rule => rule.Reach != FirewallReach.Azure);
        string observed = opensToAzure ? "lets all of Azure in" : more > 0 ? $"{more} addresses more" : $"{there.Count} rules, no address more";
        return Verdict(Name, more == 0 && !opensToAzure, $"{own.Count} rules", observed);
    }

    private static Ipv4Set Addresses(IEnumerable<FirewallRule> rules) => new(rules.SelectMany(rule => rule.PublicAddresses.Spans));

    private static RestoreCheck Transport(Posture source, Posture restored)
    {
        const string Name = "transport";
        string? must = Parameter(source, "require_secure_transport");
        string? does = Parameter(restored, "require_secure_transport");
        string? lowest = Parameter(source, "ssl_min_protocol_version");
        string? low = Parameter(restored, "ssl_min_protocol_version");
        string expected = $"TLS required {must ?? "?"}, {lowest ?? "?"}";
        string observed = $"TLS required {does ?? "?"}, {low ?? "?"}";
        if (must is null || does is null || lowest is null || low is null) return new RestoreCheck(Name, Outcome.Unknown, expected, observed + ": parameters could not be read");
        bool holds = (Is(does, "on") || !Is(must, "on")) && string.CompareOrdinal(low.ToUpperInvariant(), lowest.ToUpperInvariant()) >= 0;
        return Verdict(Name, holds, expected, observed);
    }

    private static string? Parameter(Posture posture, string name) =>
        posture.FacetOf(FacetTypes.Configurations).Find(name) is Resource parameter ? ResourceField.Of(parameter, "properties.value").Text : null;

    private static RestoreCheck Authentication(Posture source, Posture restored)
    {
        const string Name = "authentication";
        ResourceField wanted = ResourceField.Of(source.Server, "properties.authConfig.passwordAuth");
        ResourceField found = ResourceField.Of(restored.Server, "properties.authConfig.passwordAuth");
        if (Unknown(Name, wanted, found) is RestoreCheck unknown) return unknown;
        return Verdict(Name, !Is(wanted.Text, "Disabled") || Is(found.Text, "Disabled"), $"passwords {wanted.Text ?? "Enabled"}", $"passwords {found.Text ?? "Enabled"}");
    }

    private static RestoreCheck? Unknown(string name, ResourceField wanted, ResourceField found)
    {
        string? reason = wanted.UnknownReason ?? found.UnknownReason;
        return reason is null ? null : new RestoreCheck(name, Outcome.Unknown, wanted.Text ?? "(not known)", reason);
    }

    private static RestoreCheck Verdict(string name, bool holds, string expected, string observed) =>
        new(name, holds ? Outcome.Pass : Outcome.Fail, expected, observed);

    private static bool Is(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
