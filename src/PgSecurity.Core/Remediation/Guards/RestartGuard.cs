using System.Collections.Generic;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>No restart that was not asked for.</summary>
internal sealed class RestartGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is Restart) yield return GuardVerdict.Ask("restart", Consent.Restart, "A restart ends every connection for a minute or so.");
    }
}
