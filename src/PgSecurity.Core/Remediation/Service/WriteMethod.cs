namespace PgSecurity.Core.Remediation.Service;

/// <summary>The kinds of requests that change something.</summary>
public enum WriteMethod
{
    /// <summary>Changes members of a resource.</summary>
    Patch,

    /// <summary>Creates or replaces a resource.</summary>
    Put,

    /// <summary>Deletes a resource.</summary>
    Delete,

    /// <summary>An action, such as a restart.</summary>
    Post,

    /// <summary>Statements in a database, in one transaction.</summary>
    Sql,
}
