namespace PgSecurity;

/// <summary>The names of the checks of a connection.</summary>
public static class TlsCheckNames
{
    /// <summary>The server is reached, speaks PostgreSQL and offers TLS.</summary>
    public const string Connection = "Connection";

    /// <summary>A client that does not ask for TLS is turned away before it is asked for a password.</summary>
    public const string PlainTextRefused = "PlainTextRefused";

    /// <summary>SSL 3.0, TLS 1.0 and TLS 1.1 are refused.</summary>
    public const string LegacyVersionsRefused = "LegacyVersionsRefused";

    /// <summary>TLS 1.3 is accepted.</summary>
    public const string Tls13Accepted = "Tls13Accepted";

    /// <summary>Every cipher suite that the server takes is authenticated encryption with forward secrecy.</summary>
    public const string CipherStrength = "CipherStrength";

    /// <summary>An attacker cannot talk client and server down to an older version.</summary>
    public const string FallbackProtected = "FallbackProtected";

    /// <summary>The certificate is for the name that was connected to.</summary>
    public const string HostName = "HostName";

    /// <summary>Every certificate of the path is in its period of use.</summary>
    public const string Validity = "Validity";

    /// <summary>The server sends every certificate between its own and the root.</summary>
    public const string ChainComplete = "ChainComplete";

    /// <summary>The path ends at a root that is trusted.</summary>
    public const string TrustedRoot = "TrustedRoot";

    /// <summary>The root is one that the service uses now, not one that it leaves.</summary>
    public const string RootCurrent = "RootCurrent";

    /// <summary>No certificate of the path has been revoked.</summary>
    public const string Revocation = "Revocation";

    /// <summary>Keys and signatures of the path are strong enough.</summary>
    public const string KeyStrength = "KeyStrength";

    /// <summary>The file of trusted certificates holds roots, not certificates that change without notice.</summary>
    public const string TrustFile = "TrustFile";

    /// <summary>A key exchange that a quantum computer does not break is accepted.</summary>
    public const string PostQuantumGroup = "PostQuantumGroup";

    /// <summary>TLS without the request before it, with the protocol negotiated (PostgreSQL 17 and later).</summary>
    public const string DirectTls = "DirectTls";

    /// <summary>The server asks for a proof that does not hand it the password.</summary>
    public const string Authentication = "Authentication";

    /// <summary>The proof can be bound to this TLS connection.</summary>
    public const string ChannelBinding = "ChannelBinding";

    /// <summary>No second encrypted way in, outside the rules for TLS.</summary>
    public const string GssEncryption = "GssEncryption";
}
