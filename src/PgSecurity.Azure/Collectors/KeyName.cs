using System;
using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>A key as a server names it: <c>https://{store}.vault.azure.net/keys/{key}/{version}</c>.</summary>
/// <param name="Host">The store's host name.</param>
/// <param name="Store">The store's name.</param>
/// <param name="Key">The key's name.</param>
/// <param name="IsManagedHsm">Whether the store is a managed HSM.</param>
internal sealed record KeyName(string Host, string Store, string Key, bool IsManagedHsm)
{
    /// <summary>The keys that a server names.</summary>
    internal static IReadOnlyList<KeyName> Of(Resource server, bool managedHsm)
    {
        List<KeyName> keys = new();
        foreach (string member in new[] { "primaryKeyURI", "geoBackupKeyURI" })
        {
            KeyName? key = Read(ResourceField.Of(server, "properties.dataEncryption." + member).Text);
            if (key is not null && key.IsManagedHsm == managedHsm) keys.Add(key);
        }

        return keys;
    }

    /// <summary>Reads a URI; null where it is not a key's.</summary>
    internal static KeyName? Read(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)) return null;
        string[] path = uri.AbsolutePath.Trim('/').Split('/');
        if (path.Length < 2 || !string.Equals(path[0], "keys", StringComparison.OrdinalIgnoreCase)) return null;
        return new KeyName(uri.Host, uri.Host.Split('.')[0], path[1], uri.Host.IndexOf(".managedhsm.", StringComparison.OrdinalIgnoreCase) >= 0);
    }
}
