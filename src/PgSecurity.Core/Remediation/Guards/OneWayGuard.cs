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
            yield return GuardVerdict.Ask("oneWay", Consent.OneWay, "It cannot be taken back.");
        }

        bool grows = GuardedChange.Server(change.After, "properties.storage.storageSizeGB").Number > GuardedChange.Server(change.Before, "properties.storage.storageSizeGB").Number;
        if (grows) yield return GuardVerdict.Ask("oneWay", Consent.OneWay, "Storage never shrinks.");
    }
}
