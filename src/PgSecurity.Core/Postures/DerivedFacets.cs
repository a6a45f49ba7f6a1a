using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures.Derived;

namespace PgSecurity.Core.Postures;

/// <summary>The derived facets there are.</summary>
public static class DerivedFacets
{
    private static readonly Dictionary<string, IDerivedFacet> ByType =
        new IDerivedFacet[]
        {
            new AccessAssignments(),
            new AccessSummaries(),
            new ActivityAlerts(),
            new AuditLogging(),
            new BackupAges(),
            new BackupWatch(),
            new ConditionalAccessCoverage(),
            new DiagnosticCoverage(),
            new EffectiveLocks(),
            new EncryptionKeys(),
            new EntraAdministratorSummaries(),
            new EntraAdministrators(),
            new FirewallExposures(),
            new FirewallRanges(),
            new IneffectiveSettings(),
            new LogDestinations(),
            new LogLinePrefix(),
            new MaskingExtension(),
            new ParameterLists(),
            new Reachability(),
            new RegionOffers(),
            new ReplicaDifferences(),
            new ReplicaRegions(),
            new RoleCapabilities(),
            new ServerLogFiles(),
            new StandbyState(),
            new VersionSupport(),
        }.ToDictionary(derived => derived.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<IDerivedFacet> All => ByType.Values;

    /// <summary>The one that makes resources of a type.</summary>
    public static bool TryGet(string type, out IDerivedFacet? derived) => ByType.TryGetValue(type, out derived);
}
