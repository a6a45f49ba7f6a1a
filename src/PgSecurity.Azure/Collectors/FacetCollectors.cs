using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The collectors there are, by the type that they bring.</summary>
internal static class FacetCollectors
{
    private static readonly Dictionary<string, IFacetCollector> ByType =
        new IFacetCollector[]
        {
            new ConfigurationCollector(),
            new ChildCollector(FacetTypes.FirewallRules),
            new AdministratorCollector(),
            new PrivateEndpointConnectionCollector(),
            new ChildCollector(FacetTypes.ThreatProtection),
            new ChildCollector(FacetTypes.Backups),
            new ChildCollector(FacetTypes.Databases),
            new VirtualEndpointCollector(),
            new ReplicaCollector(),
            new PrimaryCollector(),
            new CapabilityCollector(),
            new DiagnosticSettingCollector(),
            new AlertCollector(FacetTypes.ActivityLogAlerts),
            new AlertCollector(FacetTypes.MetricAlerts),
            new ActionGroupCollector(),
            new WorkspaceCollector(),
            new ScopedCollector(FacetTypes.Locks),
            new ScopedCollector(FacetTypes.RoleAssignments, "?$filter=atScope()"),
            new ScopedCollector(FacetTypes.RoleEligibility, "?$filter=atScope()"),
            new ScopedCollector(FacetTypes.RoleSchedules, "?$filter=atScope()"),
            new ScopedCollector(FacetTypes.PolicyAssignments),
            new RoleDefinitionCollector(),
            new KeyStoreCollector(managedHsm: false),
            new KeyStoreCollector(managedHsm: true),
            new KeyCollector(managedHsm: false),
            new KeyCollector(managedHsm: true),
            new SubscriptionCollector(FacetTypes.DefenderPlans),
            new PrivateEndpointCollector(),
            new PrivateDnsZoneCollector(),
            new SubnetCollector(),
            new ConditionalAccessCollector(),
            new DirectoryObjectCollector(),
            new BackupInstanceCollector(),
        }.ToDictionary(collector => collector.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>The collector of a type; null where nothing brings it.</summary>
    internal static IFacetCollector? Of(string type) => ByType.TryGetValue(type, out IFacetCollector? collector) ? collector : null;

    /// <summary>The types that can be collected.</summary>
    internal static IReadOnlyCollection<string> Types => ByType.Keys;
}
