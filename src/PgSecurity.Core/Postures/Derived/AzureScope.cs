using System;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>The scope that a role assignment or lock stands at, and whether it reaches a server.</summary>
internal static class AzureScope
{
    /// <summary>The scope part of the id of an extension resource: what stands before its own <c>/providers/</c>.</summary>
    public static string OfExtension(string id, string type)
    {
        int at = id.LastIndexOf("/providers/" + type, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? id : at == 0 ? "/" : id.Substring(0, at);
    }

    /// <summary>
    /// Whether what stands at one scope holds at another: it is the same or above it. Management groups and the tenant
    /// cannot be held against an id and count as above everything.
    /// </summary>
    public static bool Holds(string scope, string at)
    {
        string trimmed = scope.TrimEnd('/');
        if (trimmed.Length == 0 || IsManagementGroup(trimmed)) return true;
        return Same(trimmed, at.TrimEnd('/')) || at.StartsWith(trimmed + "/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// <c>server</c>, <c>resourceGroup</c>, <c>subscription</c>, <c>managementGroup</c> or <c>tenant</c>; null where it lies
    /// below the server or elsewhere. Of management groups only those above the server are collected, so any counts.
    /// </summary>
    public static string? KindOf(string scope, ServerId server)
    {
        string trimmed = scope.TrimEnd('/');
        if (trimmed.Length == 0) return "tenant";
        if (IsManagementGroup(trimmed)) return "managementGroup";
        if (Same(trimmed, server.Value)) return "server";
        if (Same(trimmed, "/subscriptions/" + server.SubscriptionId)) return "subscription";
        return Same(trimmed, $"/subscriptions/{server.SubscriptionId}/resourceGroups/{server.ResourceGroupName}") ? "resourceGroup" : null;
    }

    private static bool IsManagementGroup(string scope) =>
        scope.StartsWith("/providers/Microsoft.Management/managementGroups/", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
