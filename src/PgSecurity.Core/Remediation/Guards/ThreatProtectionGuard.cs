using System.Collections.Generic;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Threat protection is priced by the server and month.</summary>
internal sealed class ThreatProtectionGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is ResourcePut put && put.Type == FacetTypes.ThreatProtection && GuardedChange.Is(put.Sent("state"), "Enabled"))
        {
            yield return GuardVerdict.Ask("cost", Consent.Cost, "Defender charges for each server that it protects.");
        }
    }
}
