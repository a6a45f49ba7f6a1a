using System;

namespace PgSecurity.Core.Postures;

/// <summary>What an ARM id says about its resource.</summary>
public static class ResourceId
{
    /// <summary>The last segment: the resource's own name.</summary>
    public static string NameOf(string id)
    {
        string trimmed = id.TrimEnd('/');
        return trimmed.Substring(trimmed.LastIndexOf('/') + 1);
    }

    /// <summary>
    /// The full type: provider and type segments after the last <c>/providers/</c>, so that an extension resource gives
    /// its own type; null where there is none.
    /// </summary>
    public static string? TypeOf(string id)
    {
        int start = LastProvider(id);
        if (start < 0) return null;
        string[] parts = id.Substring(start + ProvidersSegment.Length).TrimEnd('/').Split('/');
        if (parts.Length < 3) return null;
        string type = parts[0];
        for (int index = 1; index < parts.Length - 1; index += 2)
        {
            type += "/" + parts[index];
        }

        return type;
    }

    /// <summary>
    /// What the resource hangs on: for an extension resource the scope that it extends, for a child its parent, for any
    /// other the group or subscription that holds it; <c>/</c> for the tenant.
    /// </summary>
    public static string ScopeOf(string id)
    {
        string trimmed = id.TrimEnd('/');
        int start = LastProvider(trimmed);
        if (start < 0) return "/";
        string[] parts = trimmed.Substring(start + ProvidersSegment.Length).Split('/');
        if (parts.Length > 3)
        {
            return trimmed.Substring(0, trimmed.Length - parts[parts.Length - 1].Length - parts[parts.Length - 2].Length - 2);
        }

        return start == 0 ? "/" : trimmed.Substring(0, start);
    }

    /// <summary>The subscription in the id, or null.</summary>
    public static string? SubscriptionOf(string id)
    {
        const string Prefix = "/subscriptions/";
        if (!id.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return null;
        int end = id.IndexOf('/', Prefix.Length);
        string subscription = end < 0 ? id.Substring(Prefix.Length) : id.Substring(Prefix.Length, end - Prefix.Length);
        return subscription.Length == 0 ? null : subscription;
    }

    /// <summary>Whether what is set at a scope holds for a resource: the scope is the resource itself or above it.</summary>
    public static bool Covers(string scope, string id)
    {
        string trimmed = scope.TrimEnd('/');
        if (trimmed.Length == 0) return true;
        if (trimmed.StartsWith("/providers/Microsoft.Management/managementGroups/", StringComparison.OrdinalIgnoreCase)) return true;
        return id.StartsWith(trimmed, StringComparison.OrdinalIgnoreCase)
            && (id.Length == trimmed.Length || id[trimmed.Length] == '/');
    }

    private const string ProvidersSegment = "/providers/";

    private static int LastProvider(string id) => id.LastIndexOf(ProvidersSegment, StringComparison.OrdinalIgnoreCase);
}
