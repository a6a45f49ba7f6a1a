using System;
using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>Names that are read from an ARM id.</summary>
internal static class ResourceNames
{
    /// <summary>The names of the parents and the resource's own, with <c>/</c> between, such as <c>server/database</c>.</summary>
    public static string FullName(Resource resource)
    {
        string[] parts = resource.Id.Trim('/').Split('/');
        int provider = Array.FindLastIndex(parts, part => string.Equals(part, "providers", StringComparison.OrdinalIgnoreCase));
        List<string> names = new();
        for (int i = provider + 3; provider >= 0 && i < parts.Length; i += 2)
        {
            names.Add(parts[i]);
        }

        return names.Count > 0 ? string.Join("/", names) : resource.Name;
    }

    /// <summary>The resource group that an id names, or null.</summary>
    public static string? ResourceGroup(string id)
    {
        string[] parts = id.Trim('/').Split('/');
        return parts.Length > 3 && string.Equals(parts[2], "resourceGroups", StringComparison.OrdinalIgnoreCase)
            ? parts[3]
            : null;
    }
}
