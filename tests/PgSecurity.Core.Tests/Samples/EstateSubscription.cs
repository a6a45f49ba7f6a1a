using System.Collections.Generic;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>A subscription of the fictional company: what holds for every server in it.</summary>
/// <param name="Id">Its id; invented.</param>
/// <param name="Team">The team that runs it, as it stands in names.</param>
/// <param name="Region">The region of what its servers share, such as the workspace of their logs.</param>
/// <param name="Traits">What distinguishes it from the secure base.</param>
public sealed record EstateSubscription(string Id, string Team, string Region, IReadOnlyList<string> Traits)
{
    /// <summary>Payments: the team that takes security seriously.</summary>
    public static EstateSubscription Payments { get; } = new("2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f", "payments", "West Europe", []);

    /// <summary>Retail: grown over years, many hands.</summary>
    public static EstateSubscription Retail { get; } = new(
        "8d4b2a6c-1e3f-4709-b5c8-d9e0f1a2b3c4", "retail", "West Europe", [Trait.ManyOwners, Trait.AlertsOnServersOnly]);

    /// <summary>Analytics: clever people, no operations.</summary>
    public static EstateSubscription Analytics { get; } = new(
        "5a7c9e1b-3d5f-4821-96a4-b8c0d2e4f6a8",
        "analytics",
        "West Europe",
        [Trait.NoDefender, Trait.NobodyReceivesAlerts, Trait.WildcardRole, Trait.DeletedPrincipal, Trait.ShortWorkspaceRetention]);

    /// <summary>Marketing: an agency runs it, and the auditors may not read everything there.</summary>
    public static EstateSubscription Marketing { get; } = new("7c5e3a19-4d6f-4b82-a0c7-e2f4d6b8a0c1", "marketing", "West Europe", []);

    /// <summary>Labs: a company that was bought, moved into the tenant with everything still as it was.</summary>
    public static EstateSubscription Acquired { get; } = new(
        "e1f3a5c7-9b0d-4c2e-8f46-0a1b2c3d4e5f",
        "labs",
        "East US 2",
        [Trait.NoDefender, Trait.NoAlerts, Trait.ManyOwners, Trait.ManyContributors, Trait.NothingEligible]);
}
