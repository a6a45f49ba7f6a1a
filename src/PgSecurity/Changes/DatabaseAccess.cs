using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Changes;

/// <summary>The login to databases that a cmdlet was given, and which of them it may look into.</summary>
internal sealed class DatabaseAccess
{
    private readonly DatabaseLogin _login;

    private DatabaseAccess(DatabaseLogin login, IReadOnlyList<string> databases)
    {
        _login = login;
        Databases = databases;
    }

    /// <summary>The access by a cmdlet's parameters; null where it was given no login.</summary>
    /// <param name="cmdlet">The cmdlet; a file of roots that is not there ends it.</param>
    /// <param name="credential">The role and its password or Entra token.</param>
    /// <param name="rootCertificate">A PEM file of roots, as the user wrote its path, or null.</param>
    /// <param name="port">The port of servers whose id does not say theirs.</param>
    /// <param name="databases">The databases, or none for all.</param>
    public static DatabaseAccess? Of(PgCmdlet cmdlet, PSCredential? credential, string? rootCertificate, int port, IReadOnlyList<string> databases)
    {
        if (credential is null) return null;
        string? roots = rootCertificate is null ? null : FilePaths.ResolveLiteral(cmdlet, rootCertificate).FirstOrDefault();
        if (roots is null && rootCertificate is not null) cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(rootCertificate));
        DatabaseLogin login = new()
        {
            UserName = credential.UserName,
            Password = _ => Task.FromResult(credential.GetNetworkCredential().Password),
            RootCertificates = roots,
            Port = port,
        };
        return new DatabaseAccess(login, databases);
    }

    /// <summary>Where the databases are.</summary>
    /// <param name="arm">What reads servers of ARM, or null.</param>
    public ServerHosts Hosts(IResourceService? arm) => new(arm, _login);

    /// <summary>The databases that may be looked into; none for all.</summary>
    public IReadOnlyList<string> Databases { get; }
}
