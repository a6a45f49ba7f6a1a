namespace PgSecurity;

/// <summary>Whether a server takes a version, a cipher suite or a group.</summary>
public enum TlsSupport
{
    /// <summary>It could not be told.</summary>
    Unknown,

    /// <summary>The server said no.</summary>
    Refused,

    /// <summary>The server said yes.</summary>
    Accepted,
}
