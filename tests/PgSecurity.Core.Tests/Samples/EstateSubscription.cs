using System.Collections.Generic;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>A subscription of the fictional company: what holds for every server in it.</summary>
/// <param name="Id">Its id; invented.</param>
/// <param name="TenantId">Its tenant's id; invented.</param>
/// <param name="Team">The team that runs it, as it stands in names.</param>
/// <param name="Traits">What distinguishes it from the secure base.</param>
public sealed record EstateSubscription(string Id, string TenantId, string Team, IReadOnlyList<string> Traits)
{
    private const string Contoso = "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b";
    private const string LabsTenant = "c4e8a1d7-0b39-4f62-8d15-7e6f5a4b3c2d";

    /// <summary>Payments: the team that takes security seriously.</summary>
    public static EstateSubscription Payments { get; } = new("2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f", Contoso, "payments", []);

    /// <summary>Retail: grown over years, many hands.</summary>
    public static EstateSubscription Retail { get; } = new(
        "8d4b2a6c-1e3f-4709-b5c8-d9e0f1a2b3c4", Contoso, "retail", [Trait.ManyOwners, Trait.AlertsOnServersOnly]);

    /// <summary>Analytics: clever people, no operations.</summary>
    public static EstateSubscription Analytics { get; } = new(
        "5a7c9e1b-3d5f-4821-96a4-b8c0d2e4f6a8",
        Contoso,
        "analytics",
        [Trait.NoDefender, Trait.NobodyReceivesAlerts, Trait.WildcardRole, Trait.DeletedPrincipal, Trait.ShortWorkspaceRetention]);

    /// <summary>Labs: a company that was bought, in its own tenant, with everything still as it was.</summary>
    public static EstateSubscription Acquired { get; } = new(
        "e1f3a5c7-9b0d-4c2e-8f46-0a1b2c3d4e5f",
        LabsTenant,
        "labs",
        [Trait.NoDefender, Trait.NoAlerts, Trait.NoConditionalAccess, Trait.ManyOwners, Trait.ManyContributors, Trait.NothingEligible]);
}
