using System.Linq;
using System.Management.Automation;
using System.Threading;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Binding;

/// <summary>
/// The login to databases, as parameters that several cmdlets have. A cmdlet has one base class only, so it gives these to
/// PowerShell by <see cref="IDynamicParameters"/>; they are always there.
/// </summary>
internal class DatabaseLoginParameters
{
    /// <summary>The login to the databases: a role with its password or, as password, an Entra token; without it the connection's own identity.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The role that the connection's own identity has in the servers; without it the name of its account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>A PEM file of the root certificates to trust; without it those of the operating system.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RootCertificate { get; set; }

    /// <summary>The port of servers whose id does not say theirs.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = DatabaseTarget.DefaultPort;

    /// <summary>Whether it was said who logs in.</summary>
    public bool NamesLogin => Credential is not null || UserName is not null;

    /// <summary>Who logs in; ends the cmdlet with one error where nobody can.</summary>
    public DatabaseIdentity Identity(PgCmdlet cmdlet, CancellationToken stop) => DatabaseIdentity.Of(cmdlet, Credential, UserName, stop);

    /// <summary>The file of roots, null where none is named; ends the cmdlet where it is not there.</summary>
    public string? Roots(PgCmdlet cmdlet)
    {
        if (RootCertificate is null) return null;
        string? found = FilePaths.ResolveLiteral(cmdlet, RootCertificate).FirstOrDefault();
        if (found is null) cmdlet.ThrowTerminatingError(ErrorRecords.PathNotFound(RootCertificate));
        return found;
    }

    /// <summary>The login at servers; ends the cmdlet where there can be none.</summary>
    public DatabaseLogin Login(PgCmdlet cmdlet, CancellationToken stop)
    {
        string? roots = Roots(cmdlet);
        return Identity(cmdlet, stop).ToLogin(roots, Port);
    }
}
