using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>High availability is not for burstable servers, replicas or mirrored ones, and doubles the price of the server.</summary>
internal sealed class HighAvailabilityGuard : IGuard
{
    private const string Name = "highAvailability";

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        const string Path = "properties.highAvailability.mode";
        string mode = GuardedChange.Server(change.After, Path).Text ?? "Disabled";
        string before = GuardedChange.Server(change.Before, Path).Text ?? "Disabled";
        if (GuardedChange.Is(mode, before)) yield break;
        if (GuardedChange.Is(mode, "Disabled"))
        {
            yield return GuardVerdict.Ask("availability", Consent.ConnectivityLoss, "The server has no standby until another one is made: a failure then means downtime.");
            yield break;
        }

        if (GuardedChange.Is(GuardedChange.Server(change.Before, "sku.tier").Text, "Burstable"))
        {
            yield return GuardVerdict.Refuse(Name, "Burstable servers have no high availability. Scale it to General Purpose or Memory Optimized first.");
        }

        if (GuardedChange.Server(change.Before, "properties.replicationRole").Text is "AsyncReplica" or "GeoAsyncReplica")
        {
            yield return GuardVerdict.Refuse(Name, "Read replicas have no high availability.");
        }

        Resource? mirror = change.Before.FacetOf(FacetTypes.Configurations).Find("azure.fabric_mirror_enabled");
        if (mirror is not null && GuardedChange.Is(ResourceField.Of(mirror, "properties.value").Text, "on"))
        {
            yield return GuardVerdict.Refuse(Name, "High availability and mirroring to Fabric exclude each other.");
        }

        yield return GuardVerdict.Ask("cost", Consent.Cost, "A standby costs as much as the server itself.");
    }
}
