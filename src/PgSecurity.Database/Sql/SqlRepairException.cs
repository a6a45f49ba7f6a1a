using System;

namespace PgSecurity.Database.Sql;

/// <summary>A repair that cannot be written for a row; the message says which and why. Nothing was changed.</summary>
public sealed class SqlRepairException : Exception
{
    /// <summary>Makes the exception.</summary>
    public SqlRepairException(string message)
        : base(message)
    {
    }
}
