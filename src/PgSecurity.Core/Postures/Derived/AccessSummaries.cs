using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/accessSummaries</c>: one resource, <c>principals</c>, that counts who holds power over the server, each
/// principal once and a group as one. <c>owners</c> can give access to it, <c>contributors</c> can change it but not give access.
/// Where not all is known the counts are marked unknown; <c>knownOwners</c> and <c>possibleOwners</c> (and the same for contributors)
/// bound them, so that a limit can be decided by what is known.
/// </summary>
public sealed class AccessSummaries : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string TypeName = "PgSecurity/accessSummaries";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.RoleAssignments, FacetTypes.RoleDefinitions };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        IReadOnlyList<AccessAssignment> assignments = AccessAssignment.ReadAll(posture);
        string? more = GapText.Of(posture, FacetTypes.RoleAssignments);
        Fact summary = new();
        Count(summary, "owners", "knownOwners", "possibleOwners", assignments, IsOwner, more);
        Count(summary, "contributors", "knownContributors", "possibleContributors", assignments, IsContributor, more);
        string least = more is null ? "" : "at least ";
        summary.Summarize(
            $"{least}{Principals(assignments.Where(item => IsOwner(item) == Truth.True))} principals can give access to the server, "
            + $"{least}{Principals(assignments.Where(item => IsContributor(item) == Truth.True))} more can change it");
        return new Facet(Type, new[] { summary.ToResource(posture, Type, "principals") });
    }

    private static Truth IsOwner(AccessAssignment assignment) => assignment.CanGrantAccess;

    private static Truth IsContributor(AccessAssignment assignment) =>
        assignment.CanChangeServer.And(assignment.CanGrantAccess.Not());

    private static void Count(
        Fact summary, string name, string knownName, string possibleName,
        IReadOnlyList<AccessAssignment> assignments, Func<AccessAssignment, Truth> holds, string? more)
    {
        int known = Principals(assignments.Where(assignment => holds(assignment) == Truth.True));
        int possible = Principals(assignments.Where(assignment => holds(assignment) != Truth.False));
        string? undecided = assignments.FirstOrDefault(assignment => holds(assignment) == Truth.Unknown) is AccessAssignment one
            ? one.Gap ?? "a condition bounds what a role can grant, and conditions are not evaluated"
            : null;
        string? gap = more ?? (known == possible ? null : undecided);
        summary.SetUnless(gap, name, known).Set(knownName, known).SetUnless(more, possibleName, possible);
    }

    private static int Principals(IEnumerable<AccessAssignment> assignments) => assignments
        .Select(assignment => assignment.PrincipalId.Text ?? assignment.Resource.Id)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Count();
}
