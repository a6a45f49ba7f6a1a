using System.Collections.Generic;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>The versions of TLS by the numbers that they have on the wire, and in PostgreSQL's spelling.</summary>
internal static class TlsVersions
{
    public const ushort Ssl3 = 0x0300;
    public const ushort Tls10 = 0x0301;
    public const ushort Tls11 = 0x0302;
    public const ushort Tls12 = 0x0303;
    public const ushort Tls13 = 0x0304;

    /// <summary>All of them, oldest first.</summary>
    public static IReadOnlyList<ushort> All { get; } = new[] { Ssl3, Tls10, Tls11, Tls12, Tls13 };

    /// <summary>The name.</summary>
    public static string Name(ushort version) => version switch
    {
        Ssl3 => "SSLv3",
        Tls10 => "TLSv1",
        Tls11 => "TLSv1.1",
        Tls12 => "TLSv1.2",
        Tls13 => "TLSv1.3",
        _ => $"version 0x{version:x4}",
    };
}
