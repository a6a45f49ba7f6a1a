using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>What is chosen when a server is created and never changes: said, with the way that exists.</summary>
internal sealed class CreationGuard : IGuard
{
    private static readonly (string Path, string What, string Way)[] Fixed =
    {
        ("properties.dataEncryption.type", "the kind of encryption key", "Restore to a point in time into a new server that is created with the key, and move the clients."),
        ("properties.backup.geoRedundantBackup", "geo-redundant backup", "Restore into a new server that is created with it, or make a read replica in another region (New-PgReadReplica -Location <region>)."),
        ("properties.network.delegatedSubnetResourceId", "the integration in a virtual network", "Create a new server in the wanted network mode and move the data with pg_dump, or with a replica where it is allowed."),
    };

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        foreach ((string path, string what, string way) in Fixed)
        {
            ResourceField before = GuardedChange.Server(change.Before, path);
            ResourceField after = GuardedChange.Server(change.After, path);
            if (!GuardedChange.Is(before.Text ?? "", after.Text ?? "") && !IsStandard(path, before, after))
            {
                yield return GuardVerdict.Refuse("fixedAtCreation", $"A server's creation fixes {what}. {way}");
            }
        }
    }

    private static bool IsStandard(string path, ResourceField before, ResourceField after) =>
        path.EndsWith("dataEncryption.type", System.StringComparison.Ordinal)
        && (before.IsAbsent || GuardedChange.Is(before.Text, "SystemManaged"))
        && (after.IsAbsent || GuardedChange.Is(after.Text, "SystemManaged"));
}
