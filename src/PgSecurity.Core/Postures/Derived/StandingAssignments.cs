using System;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Tells an assignment that holds all the time from one that Privileged Identity Management activated for hours. Only users and
/// groups can activate; a service principal's assignment is never counted as standing.
/// </summary>
internal static class StandingAssignments
{
    /// <summary>Decides it for an assignment; <paramref name="gap"/> says why where it cannot be told.</summary>
    public static Truth Decide(AccessAssignment assignment, Posture posture, out string? gap)
    {
        gap = null;
        Truth couldActivate = assignment.PrincipalType.Is("User").Or(assignment.PrincipalType.Is("Group"));
        if (couldActivate == Truth.False) return Truth.False;

        Truth standing = DecideForPerson(assignment, posture, out gap);
        if (couldActivate == Truth.Unknown) gap ??= assignment.PrincipalType.UnknownReason;
        return couldActivate.And(standing);
    }

    private static Truth DecideForPerson(AccessAssignment assignment, Posture posture, out string? gap)
    {
        gap = null;
        Resource? schedule = posture.FacetOf(FacetTypes.RoleSchedules).Resources.FirstOrDefault(item => IsOf(item, assignment));
        if (schedule is not null)
        {
            ResourceField kind = ResourceField.Of(schedule, "properties.assignmentType");
            ResourceField ends = ResourceField.Of(schedule, "properties.endDateTime");
            gap = kind.UnknownReason ?? ends.UnknownReason;
            return kind.Is("Activated").Not().And(ends.IsUnknown ? Truth.Unknown : ends.IsAbsent.ToTruth());
        }

        Facet eligibility = posture.FacetOf(FacetTypes.RoleEligibility);
        if (eligibility.Resources.Any(item => SameGrant(item, assignment)))
        {
            gap = "the principal is also eligible for this role, and whether this assignment is the activated one is not known";
            return Truth.Unknown;
        }

        gap = eligibility.Gap?.Reason;
        return eligibility.IsComplete ? Truth.True : Truth.Unknown;
    }

    private static bool IsOf(Resource schedule, AccessAssignment assignment)
    {
        string? origin = ResourceField.Of(schedule, "properties.originRoleAssignmentId").Text;
        return origin is null
            ? SameGrant(schedule, assignment)
            : string.Equals(origin, assignment.Resource.Id, StringComparison.OrdinalIgnoreCase);
    }

    private static bool SameGrant(Resource instance, AccessAssignment assignment) =>
        Same(ResourceField.Of(instance, "properties.principalId").Text, assignment.PrincipalId.Text)
        && Same(Segment(ResourceField.Of(instance, "properties.roleDefinitionId").Text), Segment(assignment.RoleDefinitionId.Text));

    private static string? Segment(string? id) => id is null ? null : AccessAssignment.LastSegment(id);

    private static bool Same(string? one, string? other) =>
        one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
