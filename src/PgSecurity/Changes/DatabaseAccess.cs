using System.Collections.Generic;
using System.Threading;
using PgSecurity.Binding;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;
using PgSecurity.Pipeline;

namespace PgSecurity.Changes;

/// <summary>The login to databases that a cmdlet was given or asked for, and which of them it may look into.</summary>
internal sealed class DatabaseAccess
{
    private readonly DatabaseLogin _login;

    private DatabaseAccess(DatabaseLogin login, IReadOnlyList<string> databases)
    {
        _login = login;
        Databases = databases;
    }

    /// <summary>The access by a cmdlet's parameters; null where it was given no login and asked for none.</summary>
    /// <param name="cmdlet">The cmdlet; a file of roots that is not there ends it.</param>
    /// <param name="login">The login's parameters.</param>
    /// <param name="isAskedFor">Whether the connection's own identity logs in where no login was named.</param>
    /// <param name="databases">The databases, or none for all.</param>
    /// <param name="stop">Ends the wait.</param>
    public static DatabaseAccess? Of(PgCmdlet cmdlet, DatabaseLoginParameters login, bool isAskedFor, IReadOnlyList<string> databases, CancellationToken stop) =>
        login.NamesLogin || isAskedFor ? new DatabaseAccess(login.Login(cmdlet, stop), databases) : null;

    /// <summary>Where the databases are.</summary>
    /// <param name="arm">What reads servers of ARM, or null.</param>
    public ServerHosts Hosts(IResourceService? arm) => new(arm, _login);

    /// <summary>The databases that may be looked into; none for all.</summary>
    public IReadOnlyList<string> Databases { get; }
}
