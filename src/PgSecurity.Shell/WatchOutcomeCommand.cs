using System;
using System.Management.Automation;

namespace PgSecurity.Shell;

/// <summary>
/// Lets everything through on its way to the screen, and tells the <see cref="OutcomeWatch"/> what it saw. It stands at
/// the end of every pipeline that the shell runs.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "Outcome")]
internal sealed class WatchOutcomeCommand : PSCmdlet
{
    /// <summary>The name under which the shell adds it.</summary>
    public const string Name = "Watch-Outcome";

    /// <summary>What the pipeline puts out, errors among it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Who wants to know.</summary>
    [Parameter(Mandatory = true)]
    public OutcomeWatch Watch { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        Watch.See(InputObject);
        WriteObject(InputObject);
    }
}
