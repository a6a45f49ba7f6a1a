using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A shorter retention drops recovery points, also when it is an earlier value that is put back.</summary>
internal sealed class RetentionGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        const string Path = "properties.backup.backupRetentionDays";
        ResourceField after = GuardedChange.Server(change.After, Path);
        ResourceField before = GuardedChange.Server(change.Before, Path);
        if (after.Number is not long days || before.Number == days) yield break;
        if (days is < 7 or > 35) yield return GuardVerdict.Refuse("retention", $"Backups are kept for 7 to 35 days, not for {days}.");
        if (before.Number is not long now)
        {
            yield return GuardVerdict.Refuse("retention", "How long backups are kept now is not known.");
        }
        else if (days < now)
        {
            yield return GuardVerdict.Ask("recoveryPoints", Consent.RecoveryPointLoss, $"Backups older than {days} days are deleted; now they are kept for {now}.");
        }
    }
}
