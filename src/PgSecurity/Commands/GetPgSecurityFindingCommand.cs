using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Tls;
using PgSecurity.Database.Tls.Probing;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Holds servers against the controls and writes what it finds, one finding a control and server.</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityFinding", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Finding), typeof(SecurityScore))]
public sealed class GetPgSecurityFindingCommand : AuditCmdlet
{
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
    }

    private protected override Posture Extend(Posture posture)
    {
        if (!IncludeTls) return posture;
        if (TlsTargets.Of(posture, TlsTargets.Port) is not { } target) return posture.With(TlsEndpointFacet.Unavailable("the input does not say the server's host name"));
        try
        {
            return posture.With(TlsEndpointFacet.Of(TlsProbe.RunAsync(target, _tls, Stop).GetAwaiter().GetResult(), posture));
        }
        catch (Exception cause) when (cause is FormatException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            return posture.With(TlsEndpointFacet.Unavailable($"the roots to trust cannot be read: {cause.Message}"));
        }
    }

    private protected override bool ExplainPassed => IncludePassed && !Summary;

    private protected override void Write(IReadOnlyList<Finding> findings)
    {
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
