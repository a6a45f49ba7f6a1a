using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using PgSecurity.Azure.Inventory;

namespace PgSecurity.Pipeline;

/// <summary>Makes a scope of what a cmdlet was given.</summary>
internal static class ServerScopes
{
    /// <summary>The scope.</summary>
    public static ServerScope Of(
        IReadOnlyList<string> subscriptions,
        IReadOnlyList<string> managementGroups,
        IReadOnlyList<string> resourceGroups,
        IReadOnlyList<string> names,
        Hashtable? tags,
        string? filter)
    {
        Dictionary<string, string> wanted = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry tag in tags ?? new Hashtable())
        {
            wanted[Convert.ToString(tag.Key, CultureInfo.InvariantCulture) ?? string.Empty] = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? string.Empty;
        }

        return new ServerScope
        {
            Subscriptions = subscriptions,
            ManagementGroups = managementGroups,
            ResourceGroups = resourceGroups,
            Names = names,
            Tags = wanted,
            Filter = string.IsNullOrWhiteSpace(filter) ? null : filter,
        };
    }
}
