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
    /// Whether what stands at a scope holds for a server: at the server or above it. A management group cannot be held
    /// against the id, so it counts: only those above the server are collected.
    /// </summary>
    public static bool Reaches(string scope, ServerId server) => KindOf(scope, server) is not null;

    /// <summary><c>server</c>, <c>resourceGroup</c>, <c>subscription</c>, <c>managementGroup</c>, <c>tenant</c>, or null where it lies below the server or elsewhere.</summary>
    public static string? KindOf(string scope, ServerId server)
    {
        string trimmed = scope.TrimEnd('/');
        if (trimmed.Length == 0) return "tenant";
        if (trimmed.StartsWith("/providers/Microsoft.Management/managementGroups/", StringComparison.OrdinalIgnoreCase)) return "managementGroup";
        if (Same(trimmed, server.Value)) return "server";
        if (Same(trimmed, "/subscriptions/" + server.SubscriptionId)) return "subscription";
        return Same(trimmed, $"/subscriptions/{server.SubscriptionId}/resourceGroups/{server.ResourceGroupName}") ? "resourceGroup" : null;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
