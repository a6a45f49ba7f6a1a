namespace PgSecurity.Database.Tls.Wire;

/// <summary>Why an exchange with a server came to nothing.</summary>
internal enum WireFailure
{
    /// <summary>No connection came about.</summary>
    Unreachable,

    /// <summary>Nothing was said in time.</summary>
    TimedOut,

    /// <summary>The server ended the connection.</summary>
    Closed,

    /// <summary>What came is not of the protocol.</summary>
    Garbage,

    /// <summary>What came is of another protocol.</summary>
    OtherProtocol,
}
