using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Core.Findings;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Holds servers against the controls and writes what it finds, one finding a control and server.</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityFinding", DefaultParameterSetName = PathSet)]
[OutputType(typeof(Finding), typeof(SecurityScore))]
public sealed class GetPgSecurityFindingCommand : AuditCmdlet
{
    /// <summary>Whether findings that passed are written too.</summary>
    [Parameter]
    public SwitchParameter IncludePassed { get; set; }

    /// <summary>Whether findings of controls that cannot hold for a server are written too.</summary>
    [Parameter]
    public SwitchParameter IncludeNotApplicable { get; set; }

    /// <summary>Whether one object a server is written, with counts and score, in place of findings.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

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
