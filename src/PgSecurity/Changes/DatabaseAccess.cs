using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

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
    /// <param name="credential">The role and its password or Entra token.</param>
    /// <param name="userName">The role that the connection's own identity has, or null.</param>
    /// <param name="isAskedFor">Whether the connection's own identity logs in where neither was given.</param>
    /// <param name="rootCertificate">A PEM file of roots, as the user wrote its path, or null.</param>
    /// <param name="port">The port of servers whose id does not say theirs.</param>
    /// <param name="databases">The databases, or none for all.</param>
    /// <param name="stop">Ends the wait.</param>
    public static DatabaseAccess? Of(PgCmdlet cmdlet, PSCredential? credential, string? userName, bool isAskedFor, string? rootCertificate, int port, IReadOnlyList<string> databases, CancellationToken stop)
    {
        if (credential is null && userName is null && !isAskedFor) return null;
        string? roots = rootCertificate is null ? null : FilePaths.ResolveLiteral(cmdlet, rootCertificate).FirstOrDefault();
        if (roots is null && rootCertificate is not null) cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(rootCertificate));
        return new DatabaseAccess(DatabaseIdentity.Of(cmdlet, credential, userName, stop).ToLogin(roots, port), databases);
    }

    /// <summary>Where the databases are.</summary>
    /// <param name="arm">What reads servers of ARM, or null.</param>
    public ServerHosts Hosts(IResourceService? arm) => new(arm, _login);

    /// <summary>The databases that may be looked into; none for all.</summary>
    public IReadOnlyList<string> Databases { get; }
}
