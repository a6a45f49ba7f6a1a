using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>The cipher suites that are asked for, with the names of the IANA registry.</summary>
internal static class CipherSuites
{
    /// <summary>The signal that a hello is a second try at an older version (RFC 7507).</summary>
    public const ushort FallbackSignal = 0x5600;

    private static readonly Dictionary<ushort, string> Names = new()
    {
        [0x1301] = "TLS_AES_128_GCM_SHA256",
        [0x1302] = "TLS_AES_256_GCM_SHA384",
        [0x1303] = "TLS_CHACHA20_POLY1305_SHA256",
        [0x1304] = "TLS_AES_128_CCM_SHA256",
        [0x1305] = "TLS_AES_128_CCM_8_SHA256",
        [0xc02c] = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        [0xc030] = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        [0xcca9] = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xcca8] = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0xc02b] = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        [0xc02f] = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        [0xc0ad] = "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
        [0xc0ac] = "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
        [0x009f] = "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
        [0xccaa] = "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        [0x009e] = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        [0xc024] = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        [0xc028] = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        [0xc023] = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        [0xc027] = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        [0x006b] = "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
        [0x0067] = "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
        [0xc00a] = "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        [0xc014] = "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        [0xc009] = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        [0xc013] = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        [0x0039] = "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        [0x0033] = "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
        [0x009d] = "TLS_RSA_WITH_AES_256_GCM_SHA384",
        [0x009c] = "TLS_RSA_WITH_AES_128_GCM_SHA256",
        [0x003d] = "TLS_RSA_WITH_AES_256_CBC_SHA256",
        [0x003c] = "TLS_RSA_WITH_AES_128_CBC_SHA256",
        [0x0035] = "TLS_RSA_WITH_AES_256_CBC_SHA",
        [0x002f] = "TLS_RSA_WITH_AES_128_CBC_SHA",
        [0x0084] = "TLS_RSA_WITH_CAMELLIA_256_CBC_SHA",
        [0x0041] = "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA",
        [0xc008] = "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA",
        [0xc012] = "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
        [0x0016] = "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA",
        [0x000a] = "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        [0xc007] = "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
        [0xc011] = "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
        [0x0005] = "TLS_RSA_WITH_RC4_128_SHA",
        [0x0004] = "TLS_RSA_WITH_RC4_128_MD5",
        [0x0018] = "TLS_DH_anon_WITH_RC4_128_MD5",
        [0x0034] = "TLS_DH_anon_WITH_AES_128_CBC_SHA",
        [0x003a] = "TLS_DH_anon_WITH_AES_256_CBC_SHA",
        [0x00a6] = "TLS_DH_anon_WITH_AES_128_GCM_SHA256",
        [0xc018] = "TLS_ECDH_anon_WITH_AES_128_CBC_SHA",
        [0xc019] = "TLS_ECDH_anon_WITH_AES_256_CBC_SHA",
        [0x0009] = "TLS_RSA_WITH_DES_CBC_SHA",
        [0x0003] = "TLS_RSA_EXPORT_WITH_RC4_40_MD5",
        [0x003b] = "TLS_RSA_WITH_NULL_SHA256",
        [0x0002] = "TLS_RSA_WITH_NULL_SHA",
        [0x0001] = "TLS_RSA_WITH_NULL_MD5",
    };

    /// <summary>The suites to ask for in a version.</summary>
    public static IReadOnlyList<ushort> For(ushort version) =>
        Names.Keys.Where(suite => version == TlsVersions.Tls13
            ? suite >> 8 == 0x13
            : suite >> 8 != 0x13 && (version == TlsVersions.Tls12 || !IsOnlyTls12(Names[suite]))).ToList();

    /// <summary>The suites of TLS 1.2 that exchange keys over an elliptic curve.</summary>
    public static IReadOnlyList<ushort> EllipticCurve { get; } =
        Names.Where(suite => suite.Value.StartsWith("TLS_ECDHE_", StringComparison.Ordinal)).Select(suite => suite.Key).ToList();

    /// <summary>The name of a suite.</summary>
    public static string Name(ushort suite) => Names.TryGetValue(suite, out string? name) ? name : $"0x{suite:x4}";

    /// <summary>What is weak about a suite; null where nothing is: authenticated encryption with forward secrecy.</summary>
    public static string? Weakness(string name)
    {
        if (Has(name, "_NULL_")) return "encrypts nothing";
        if (Has(name, "_anon_")) return "does not prove who the server is";
        if (Has(name, "_EXPORT_") || Has(name, "_DES_CBC") || Has(name, "_RC4_")) return "is broken";
        if (Has(name, "_3DES_")) return "has blocks that are too short";
        if (name.StartsWith("TLS_RSA_", StringComparison.Ordinal)) return "has no forward secrecy";
        return Has(name, "_CBC_") ? "is not authenticated encryption" : null;
    }

    private static bool IsOnlyTls12(string name) =>
        Has(name, "_GCM_") || Has(name, "_CCM") || Has(name, "_POLY1305_") || name.EndsWith("_SHA256", StringComparison.Ordinal) || name.EndsWith("_SHA384", StringComparison.Ordinal);

    private static bool Has(string name, string part) => name.IndexOf(part, StringComparison.Ordinal) >= 0;
}
