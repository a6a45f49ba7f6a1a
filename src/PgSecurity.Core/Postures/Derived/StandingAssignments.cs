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
        Facet schedules = posture.FacetOf(FacetTypes.RoleSchedules);
        Resource? schedule = schedules.Resources.FirstOrDefault(item => IsOf(item, assignment) == Truth.True);
        if (schedule is not null)
        {
            ResourceField kind = ResourceField.Of(schedule, "properties.assignmentType");
            ResourceField ends = ResourceField.Of(schedule, "properties.endDateTime");
            gap = kind.UnknownReason ?? ends.UnknownReason;
            return kind.Is("Activated").Not().And(ends.IsUnknown ? Truth.Unknown : ends.IsAbsent.ToTruth());
        }

        if (schedules.Resources.Any(item => IsOf(item, assignment) == Truth.Unknown))
        {
            gap = "whom a schedule of assignments is about is not known";
            return Truth.Unknown;
        }

        Facet eligibility = posture.FacetOf(FacetTypes.RoleEligibility);
        if (eligibility.Resources.Any(item => SameGrant(item, assignment) != Truth.False && CanActivateAt(item, assignment)))
        {
            gap = "the principal is also eligible for this role, and whether this assignment is the activated one is not known";
            return Truth.Unknown;
        }

        gap = GapText.Of(posture, FacetTypes.RoleSchedules) ?? GapText.Of(posture, FacetTypes.RoleEligibility);
        return gap is null ? Truth.True : Truth.Unknown;
    }

    private static Truth IsOf(Resource schedule, AccessAssignment assignment)
    {
        ResourceField origin = ResourceField.Of(schedule, "properties.originRoleAssignmentId");
        return origin.IsAbsent ? SameGrant(schedule, assignment) : origin.Is(assignment.Resource.Id);
    }

    private static Truth SameGrant(Resource instance, AccessAssignment assignment)
    {
        ResourceField principal = ResourceField.Of(instance, "properties.principalId");
        ResourceField role = ResourceField.Of(instance, "properties.roleDefinitionId");
        Truth samePrincipal = principal.IsUnknown || assignment.PrincipalId.IsUnknown
            ? Truth.Unknown
            : Same(principal.Text, assignment.PrincipalId.Text).ToTruth();
        Truth sameRole = role.IsUnknown || assignment.RoleDefinitionId.IsUnknown
            ? Truth.Unknown
            : Same(Segment(role.Text), Segment(assignment.RoleDefinitionId.Text)).ToTruth();
        return samePrincipal.And(sameRole);
    }

    /// <summary>An eligible role is activated at its own scope or below it.</summary>
    private static bool CanActivateAt(Resource eligibility, AccessAssignment assignment)
    {
        string? from = ResourceField.Of(eligibility, "properties.scope").Text;
        return from is null || AzureScope.Holds(from, assignment.Scope);
    }

    private static string? Segment(string? id) => id is null ? null : AccessAssignment.LastSegment(id);

    private static bool Same(string? one, string? other) =>
        one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
