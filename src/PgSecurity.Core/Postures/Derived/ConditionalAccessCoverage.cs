using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/conditionalAccessCoverage</c>: each Conditional Access policy of the tenant, under its own id, as it bears on logging in
/// to the database. Properties: <c>displayName</c>, <c>state</c>, <c>coversDatabases</c> (the application Azure OSSRDBMS
/// Database, or all applications, and not excluded), <c>coversEveryUser</c>, <c>exclusions</c> (how many users, groups and
/// roles are left out), <c>unconditional</c> (no client type, platform, location, risk, device or flow narrows it),
/// <c>requiresMultifactor</c>, and <c>enforces</c>: all of it, but for the exclusions, which are for a control to bound.
/// A policy for named groups alone covers some of those who log in, and how many cannot be told:
/// <c>coversEveryUser</c> is then unknown.
/// </summary>
public sealed class ConditionalAccessCoverage : IFactsAboutResources
{
    /// <summary>The type of the resources.</summary>
    public const string TypeName = "PgSecurity/conditionalAccessCoverage";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.ConditionalAccess };

    /// <inheritdoc/>
    public string AboutType => FacetTypes.ConditionalAccess;

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.ConditionalAccess);
        return new Facet(Type, source.Resources.Select(Describe).ToList(), source.Gap);
    }

    private Resource Describe(Resource resource) => resource
        .Share(static resource => new PolicyFact(DescribePolicy(resource)))
        .Fact.ToResource(resource.Id, Type, resource.Name);

    private static Fact DescribePolicy(Resource resource)
    {
        ConditionalAccessPolicy policy = new(resource);
        string gap = policy.Gap ?? "a part of the policy is not known";
        string whom = policy.Gap
            ?? "it is for named users, groups or roles, and whether all who log in are among them is not known";
        return new Fact()
            .Set("displayName", policy.DisplayName)
            .Set("state", policy.State)
            .Set("coversDatabases", policy.CoversDatabases, gap)
            .Set("coversEveryUser", policy.CoversEveryUser, whom)
            .Set("unconditional", policy.IsUnconditional, gap)
            .Set("requiresMultifactor", policy.RequiresMultifactor, gap)
            .SetUnless(policy.Exclusions is null ? gap : null, "exclusions", policy.Exclusions ?? 0)
            .Set("enforces", policy.Enforces, whom)
            .Summarize($"the policy {policy.DisplayName.Text ?? resource.Name} {policy.Shortcomings()}");
    }

    /// <summary>What a policy comes to, whatever server it is listed for.</summary>
    private sealed record PolicyFact(Fact Fact);
}
