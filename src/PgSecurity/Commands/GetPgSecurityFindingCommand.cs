using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using PgSecurity.Binding;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Tls;
using PgSecurity.Database.Tls.Probing;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Holds servers against the controls and writes what it finds, one finding a control and server.</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityFinding", DefaultParameterSetName = ScopeSet)]
[OutputType(typeof(Finding), typeof(SecurityScore))]
public sealed class GetPgSecurityFindingCommand : AuditCmdlet, IDynamicParameters
{
    private const string ServerSet = "Server";

    private readonly DatabaseLoginParameters _login = new();
    private DatabaseAudit? _databases;
    private ProbeOptions _tls = new();

    /// <summary>Whether findings that passed are written too.</summary>
    [Parameter]
    public SwitchParameter IncludePassed { get; set; }

    /// <summary>Whether findings of controls that cannot hold for a server are written too.</summary>
    [Parameter]
    public SwitchParameter IncludeNotApplicable { get; set; }

    /// <summary>Whether one object a server is written, with counts and score, in place of findings.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Whether each server is asked on the wire, with a connection to its port and without a log-in.</summary>
    [Parameter]
    public SwitchParameter IncludeTls { get; set; }

    /// <summary>Files with the roots that a server's certificate may end at, for -IncludeTls; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] TlsRootCertificate { get; set; } = Array.Empty<string>();

    /// <summary>Hosts of PostgreSQL servers that are not in Azure Resource Manager.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    [ValidateNotNullOrEmpty]
    public string[] Server { get; set; } = Array.Empty<string>();

    /// <summary>Whether the databases of the servers are looked into too.</summary>
    [Parameter]
    public SwitchParameter IncludeDatabase { get; set; }

    /// <summary>The databases to look into; without it all but templates and the service's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Database { get; set; } = Array.Empty<string>();

    /// <summary>A file of the grants that are wanted, which the databases' grants are compared with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WantedGrants { get; set; }

    private bool LooksIntoDatabases => IncludeDatabase || ParameterSetName == ServerSet;

    private protected override bool ExplainPassed => IncludePassed && !Summary;

    /// <inheritdoc/>
    public object GetDynamicParameters() => _login;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        List<string> roots = FilePaths.Resolve(this, TlsRootCertificate).ToList();
        if (TlsRootCertificate.Length > 0 && roots.Count == 0)
        {
            ThrowTerminatingError(ErrorRecords.RootsUnreadable(TlsRootCertificate[0], new FileNotFoundException("there is no such file")));
        }

        _tls = new ProbeOptions { RootFiles = roots };
        if (LooksIntoDatabases) _databases = CreateDatabaseAudit();
        else if (_login.NamesLogin || Database.Length > 0 || _login.RootCertificate is not null || WantedGrants is not null) WriteWarning(ErrorRecords.DatabaseNotAskedFor);
    }

    private protected override IEnumerable<Func<Posture>>? ReadOwnSet(IReadOnlyCollection<string> types) => ParameterSetName == ServerSet
        ? Server.Select(host => new Func<Posture>(() => AskOnTheWire(_databases!.Read(host, types, Stop))))
        : null;

    private protected override Posture Extend(Posture posture, IReadOnlyCollection<string> types) =>
        AskOnTheWire(_databases is null ? posture : _databases.Extend(posture, types, Stop));

    private protected override void WhileWaiting() => _databases?.Renew();

    private Posture AskOnTheWire(Posture posture)
    {
        if (!IncludeTls) return posture;
        if (TlsTargets.Of(posture, _login.Port) is not { } target) return posture.With(TlsEndpointFacet.Unavailable("the input does not say the server's host name"));
        try
        {
            return posture.With(TlsEndpointFacet.Of(TlsProbe.RunAsync(target, _tls, Stop).GetAwaiter().GetResult(), posture));
        }
        catch (Exception cause) when (cause is FormatException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            return posture.With(TlsEndpointFacet.Unavailable($"the roots to trust cannot be read: {cause.Message}"));
        }
    }

    private DatabaseAudit CreateDatabaseAudit()
    {
        string? wanted = WantedGrants is null ? null : FilePaths.ResolveLiteral(this, WantedGrants).FirstOrDefault();
        string? roots = _login.Roots(this);
        if (wanted is null && WantedGrants is not null) ThrowTerminatingError(ErrorRecords.PathNotFound(WantedGrants));

        try
        {
            return new DatabaseAudit(_login.Identity(this, Stop), roots, _login.Port, Database, wanted is null ? null : Core.Databases.WantedGrants.Load(wanted));
        }
        catch (FormatException wrong)
        {
            ThrowTerminatingError(ErrorRecords.WantedGrantsInvalid(wrong, wanted!));
            throw;
        }
    }

    private protected override void Write(IReadOnlyList<Finding> findings)
    {
        foreach (string failure in _databases?.TakeFailures() ?? Array.Empty<string>())
        {
            WriteWarning($"No database was looked into, and what is there is unknown: {failure}");
        }

        if (Summary) WriteObject(ScoreOf(findings), enumerateCollection: true);
        else WriteObject(findings.Where(IsWanted), enumerateCollection: true);
    }

    private bool IsWanted(Finding finding) => finding.Outcome switch
    {
        Outcome.Pass => IncludePassed,
        Outcome.NotApplicable => IncludeNotApplicable,
        _ => true,
    };

    private static IReadOnlyList<SecurityScore> ScoreOf(IReadOnlyList<Finding> findings)
    {
        ScoreBoard board = new();
        foreach (Finding finding in findings)
        {
            board.Add(finding);
        }

        return board.Servers();
    }
}
