namespace PgSecurity;

/// <summary>What is at an address, as a client that asks for TLS sees it.</summary>
public enum TlsEndpointState
{
    /// <summary>The name does not resolve, or no connection comes about.</summary>
    Unreachable,

    /// <summary>The connection comes about and then nothing is said within the timeout.</summary>
    NoAnswer,

    /// <summary>The server ends the connection without an answer.</summary>
    Closed,

    /// <summary>The answer is that of another protocol.</summary>
    NotPostgreSql,

    /// <summary>The answer is of no protocol that is known, or what should be TLS is not.</summary>
    Garbage,

    /// <summary>PostgreSQL answers with an error in place of yes or no.</summary>
    Refused,

    /// <summary>PostgreSQL without TLS.</summary>
    NoTls,

    /// <summary>PostgreSQL with TLS.</summary>
    Tls,
}
