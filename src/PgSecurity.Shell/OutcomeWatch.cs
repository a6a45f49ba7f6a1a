using System;
using System.Management.Automation;

namespace PgSecurity.Shell;

/// <summary>
/// The worst failed finding in a pipeline's output. Findings are read by their properties, since they may come from a
/// file or from another session.
/// </summary>
internal sealed class OutcomeWatch
{
    /// <summary>The greatest severity of a failed finding; null where none failed.</summary>
    public Severity? WorstFail { get; private set; }

    /// <summary>Whether an error came by.</summary>
    public bool HadErrors { get; private set; }

    /// <summary>Looks at one object of the output.</summary>
    public void See(PSObject item)
    {
        if (item.BaseObject is ErrorRecord)
        {
            HadErrors = true;
        }
        else if (IsFailed(item)
            && Enum.TryParse(TextOf(item, "Severity"), ignoreCase: true, out Severity severity)
            && (WorstFail is null || severity > WorstFail))
        {
            WorstFail = severity;
        }
    }

    private static bool IsFailed(PSObject item) =>
        TextOf(item, "ControlId") is not null && TextOf(item, "Outcome") == nameof(Outcome.Fail);

    private static string? TextOf(PSObject item, string property) => item.Properties[property]?.Value?.ToString();
}
