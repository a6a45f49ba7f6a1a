namespace PgSecurity.Database.Sql;

/// <summary>What a session may do.</summary>
public enum SessionAccess
{
    /// <summary>Every transaction is read-only.</summary>
    Read,

    /// <summary>Changes are allowed: for a repair.</summary>
    Write,
}
