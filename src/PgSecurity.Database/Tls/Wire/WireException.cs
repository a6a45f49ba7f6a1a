using System;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>An exchange that came to nothing, and why.</summary>
internal sealed class WireException : Exception
{
    public WireException(WireFailure failure, string message, Exception? cause = null)
        : base(message, cause) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public WireFailure Failure { get; }
}
