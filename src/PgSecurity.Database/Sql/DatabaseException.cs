using System;

namespace PgSecurity.Database.Sql;

/// <summary>The server could not be reached, or refused a statement: what, where, why, and what to do. Holds no secret.</summary>
public sealed class DatabaseException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="kind">The kind of failure.</param>
    /// <param name="message">What, where and why.</param>
    /// <param name="advice">What to do.</param>
    /// <param name="sqlState">The server's five-character code; null where the server said nothing.</param>
    public DatabaseException(DatabaseFailure kind, string message, string advice, string? sqlState = null)
        : base(message)
    {
        Kind = kind;
        Advice = advice;
        SqlState = sqlState;
    }

    /// <summary>The kind of failure.</summary>
    public DatabaseFailure Kind { get; }

    /// <summary>What to do.</summary>
    public string Advice { get; }

    /// <summary>The server's five-character code; null where the server said nothing.</summary>
    public string? SqlState { get; }
}
