using System.Management.Automation;
using PgSecurity.Core.Remediation.Guards;

namespace PgSecurity.Changes;

/// <summary>What a user chose about how changes are made.</summary>
/// <param name="Consents">What was agreed to.</param>
/// <param name="JournalPath">The folder for the journal; null for the user's own.</param>
/// <param name="ThrottleLimit">How many groups of servers at once.</param>
/// <param name="MaxFailures">After how many failures nothing more is begun; 0 for never.</param>
/// <param name="CallerAddress">The address that the caller comes from; null where it is not known.</param>
internal sealed record ChangeChoices(Consents Consents, string? JournalPath, int ThrottleLimit, int MaxFailures, string? CallerAddress)
{
    /// <summary>Whether the last change of each server is left to Azure.</summary>
    public bool NoWait { get; init; }

    /// <summary>Whether the cmdlet shows what it would do, and does nothing.</summary>
    public static bool IsWhatIf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given)
            ? given is SwitchParameter { IsPresent: true }
            : LanguagePrimitives.IsTrue(cmdlet.SessionState.PSVariable.GetValue("WhatIfPreference"));
}
