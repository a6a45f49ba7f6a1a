using System;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// A key as a server names it: <c>https://{store}.vault.azure.net/keys/{name}[/{version}]</c>, or a managed HSM's
/// <c>https://{store}.managedhsm.azure.net/…</c>; sovereign clouds have other suffixes.
/// </summary>
public sealed class EncryptionKeyUri
{
    private EncryptionKeyUri(string host, string name, string? version)
    {
        Host = host;
        Name = name;
        Version = version;
    }

    /// <summary>The host, lower-case.</summary>
    public string Host { get; }

    /// <summary>The name of the vault or managed HSM: the host's first label.</summary>
    public string StoreName => Host.Split('.')[0];

    /// <summary>Whether the host is a managed HSM's.</summary>
    public bool IsManagedHsm => Host.IndexOf(".managedhsm.", StringComparison.OrdinalIgnoreCase) > 0;

    /// <summary>The key's name.</summary>
    public string Name { get; }

    /// <summary>The version that the server is pinned to; null where it follows the newest.</summary>
    public string? Version { get; }

    /// <summary>Reads a URI; null where it is not a key's.</summary>
    public static EncryptionKeyUri? Parse(string? text)
    {
        if (!Uri.TryCreate(text?.Trim(), UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0) return null;

        string[] parts = uri.AbsolutePath.Trim('/').Split('/');
        bool isKey = parts.Length is 2 or 3
            && string.Equals(parts[0], "keys", StringComparison.OrdinalIgnoreCase)
            && parts[1].Length > 0;
        return isKey ? new EncryptionKeyUri(uri.Host.ToLowerInvariant(), parts[1], parts.Length == 3 ? parts[2] : null) : null;
    }
}
