using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>A role assignment at a server or above it, joined with its role, the eligible assignments and the directory.</summary>
internal sealed class AccessAssignment
{
    private AccessAssignment(Resource assignment, string scope, string scopeKind, Posture posture)
    {
        Resource = assignment;
        Scope = scope;
        ScopeKind = scopeKind;
        PrincipalId = Read("principalId");
        PrincipalType = Read("principalType");
        RoleDefinitionId = Read("roleDefinitionId");
        Condition = Read("condition");

        Facet definitions = posture.FacetOf(FacetTypes.RoleDefinitions);
        Resource? definition = RoleDefinitionId.Text is string role ? definitions.Find(LastSegment(role)) : null;
        RoleName = definition is null ? default : ResourceField.Of(definition, "properties.roleName");
        RoleActions actions = definition is null
            ? new RoleActions(null, GapText.Of(posture, FacetTypes.RoleDefinitions) ?? "the role's definition is not among those that are known")
            : KnownRoles.Of(posture).Actions(definition);
        Gap = actions.Gap;
        CanChangeServer = actions.CanChangeServer;
        CanGrantAccess = Bounded(actions.CanGrantAccess);
        IsStanding = StandingAssignments.Decide(this, posture, out string? standingGap);
        StandingGap = standingGap;
    }

    /// <summary>The assignment.</summary>
    public Resource Resource { get; }

    /// <summary>The id of what it holds for.</summary>
    public string Scope { get; }

    /// <summary>Where it stands: <c>server</c>, <c>resourceGroup</c>, <c>subscription</c>, <c>managementGroup</c>, <c>tenant</c>.</summary>
    public string ScopeKind { get; }

    /// <summary>Who holds it.</summary>
    public ResourceField PrincipalId { get; }

    /// <summary>What kind of principal that is.</summary>
    public ResourceField PrincipalType { get; }

    /// <summary>The id of the role.</summary>
    public ResourceField RoleDefinitionId { get; }

    /// <summary>The name of the role.</summary>
    public ResourceField RoleName { get; }

    /// <summary>The condition that bounds it.</summary>
    public ResourceField Condition { get; }

    /// <summary>Why the role's actions are not known; null where they are.</summary>
    public string? Gap { get; }

    /// <summary>Whether the role can change the server's settings, firewall or administrators.</summary>
    public Truth CanChangeServer { get; }

    /// <summary>Whether the role can give access. Unknown where a condition bounds it: conditions are not evaluated.</summary>
    public Truth CanGrantAccess { get; }

    /// <summary>Whether it holds all the time, though the principal could activate it when needed.</summary>
    public Truth IsStanding { get; }

    /// <summary>Why that is not known.</summary>
    public string? StandingGap { get; }

    /// <summary>The assignments that hold for the server; those below it or elsewhere are left out.</summary>
    public static IReadOnlyList<AccessAssignment> ReadAll(Posture posture) => posture.Once<IReadOnlyList<AccessAssignment>>(ReadOnce);

    private static List<AccessAssignment> ReadOnce(Posture posture)
    {
        List<AccessAssignment> all = new();
        foreach (Resource assignment in posture.FacetOf(FacetTypes.RoleAssignments).Resources)
        {
            string scope = ResourceField.Of(assignment, "properties.scope").Text
                ?? AzureScope.OfExtension(assignment.Id, FacetTypes.RoleAssignments);
            if (AzureScope.KindOf(scope, posture.Id) is string kind) all.Add(new AccessAssignment(assignment, scope, kind, posture));
        }

        return all;
    }

    /// <summary>The last segment of an id: role definitions go by it, whatever scope they are listed at.</summary>
    public static string LastSegment(string id) => id.Substring(id.LastIndexOf('/') + 1);

    private Truth Bounded(Truth grants) => grants == Truth.False || Condition.IsAbsent ? grants : Truth.Unknown;

    private ResourceField Read(string name) => ResourceField.Of(Resource, "properties." + name);
}
