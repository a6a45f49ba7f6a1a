namespace PgSecurity.Core.Databases;

/// <summary>What a check looks at.</summary>
public enum DatabaseScope
{
    /// <summary>The whole server, from one database.</summary>
    Server,

    /// <summary>Each database by itself.</summary>
    Database,
}
