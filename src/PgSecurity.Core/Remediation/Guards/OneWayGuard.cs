using System.Collections.Generic;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>What cannot be taken back is done only with consent.</summary>
internal sealed class OneWayGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        // A server that was restored for a test is made to be deleted.
        bool isMeant = change.Change is Restart || change.Change.Type == ResourceCreation.RestoredServerType;
        if (!isMeant && change.Change.ClassOf(change.Current) == ChangeClass.OneWay)
        {
            yield return GuardVerdict.Ask("oneWay", Consent.OneWay, OneWayReason.Of(change.Change.Type, (change.Change as ServerChange)?.Concern));
        }
    }
}
