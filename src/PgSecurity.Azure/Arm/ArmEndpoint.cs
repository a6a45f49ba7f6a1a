using System;

namespace PgSecurity.Azure.Arm;

/// <summary>The address that a client speaks to: https, or http on loopback.</summary>
public sealed class ArmEndpoint
{
    /// <summary>Makes an endpoint.</summary>
    /// <exception cref="ArgumentException">The address is neither https nor http on loopback.</exception>
    public ArmEndpoint(Uri address)
    {
        bool isSafe = address.IsAbsoluteUri
            && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
            && address.UserInfo.Length == 0;
        if (!isSafe)
        {
            throw new ArgumentException(
                $"'{address}' cannot be an endpoint: a token is sent over https only, or over http to this machine (http://127.0.0.1:<port>).");
        }

        Address = address;
    }

    /// <summary>The address.</summary>
    public Uri Address { get; }

    /// <summary>Whether an address is the endpoint's: the same scheme, host and port, or a host below it (a region's).</summary>
    public bool Owns(Uri address) =>
        address.IsAbsoluteUri
        && address.Scheme == Address.Scheme
        && address.Port == Address.Port
        && (string.Equals(address.Host, Address.Host, StringComparison.OrdinalIgnoreCase)
            || (Address.Scheme == "https" && address.Host.EndsWith("." + Address.Host, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The address of a path below the endpoint.</summary>
    internal string Of(string path) => Address.AbsoluteUri.TrimEnd('/') + path;

    /// <inheritdoc/>
    public override string ToString() => Address.AbsoluteUri;
}
