namespace PgSecurity.Database.Sql;

/// <summary>The kinds of failure of a session.</summary>
public enum DatabaseFailure
{
    /// <summary>No answer: name, network, firewall, stopped server.</summary>
    Unreachable,

    /// <summary>The connection could not be secured: certificate, TLS version, no TLS.</summary>
    Untrusted,

    /// <summary>The login was refused.</summary>
    Login,

    /// <summary>A permission is missing.</summary>
    Permission,

    /// <summary>A statement or a lock took too long.</summary>
    Timeout,

    /// <summary>A statement failed otherwise.</summary>
    Statement,
}
