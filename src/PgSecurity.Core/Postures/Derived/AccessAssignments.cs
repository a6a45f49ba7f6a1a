using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/accessAssignments</c>: each role assignment at the server or above it, under its own id, with what its
/// role can really do (custom roles and wildcards included, notActions taken away). Properties: <c>principalId</c>,
/// <c>principalType</c>, <c>roleName</c>, <c>scope</c> (the kind of scope), <c>canChangeServer</c>, <c>canGrantAccess</c>,
/// <c>privileged</c> (either of the two), <c>standing</c> (a user or group holds it all the time),
/// <c>principalExists</c>.
/// </summary>
public sealed class AccessAssignments : IFactsAboutResources
{
    /// <summary>The type of the resources.</summary>
    public const string TypeName = "PgSecurity/accessAssignments";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[]
    {
        FacetTypes.RoleAssignments, FacetTypes.RoleDefinitions, FacetTypes.RoleEligibility, FacetTypes.RoleSchedules,
        FacetTypes.DirectoryObjects,
    };

    /// <inheritdoc/>
    public string AboutType => FacetTypes.RoleAssignments;

    /// <inheritdoc/>
    public Facet Derive(Posture posture) => new(
        Type,
        AccessAssignment.ReadAll(posture).Select(assignment => Describe(assignment, posture)).ToList(),
        posture.FacetOf(FacetTypes.RoleAssignments).Gap);

    private Resource Describe(AccessAssignment assignment, Posture posture)
    {
        Truth exists = DirectoryPresence.Of(assignment.PrincipalId, assignment.PrincipalType, posture, out string? directoryGap);
        string gap = assignment.Gap ?? "a condition bounds what it can grant, and conditions are not evaluated";
        return new Fact()
            .Set("principalId", assignment.PrincipalId)
            .Set("principalType", assignment.PrincipalType)
            .Set("roleDefinitionId", assignment.RoleDefinitionId)
            .Set("roleName", assignment.RoleName)
            .Set("scope", assignment.ScopeKind)
            .Set("canChangeServer", assignment.CanChangeServer, gap)
            .Set("canGrantAccess", assignment.CanGrantAccess, gap)
            .Set("privileged", assignment.CanChangeServer.Or(assignment.CanGrantAccess), gap)
            .Set("standing", assignment.IsStanding, assignment.StandingGap ?? "not known")
            .Set("principalExists", exists, directoryGap ?? "not known")
            .Summarize(Sentence(assignment, exists, DirectoryPresence.NameOf(assignment.PrincipalId, posture)))
            .ToResource(assignment.Resource.Id, Type, assignment.Resource.Name);
    }

    private static string Sentence(AccessAssignment assignment, Truth exists, string? name)
    {
        string role = assignment.RoleName.Text ?? "a role that is not known";
        string kind = assignment.PrincipalType.Text ?? "principal";
        string standing = assignment.IsStanding == Truth.True ? ", all the time" : "";
        string gone = exists == Truth.False ? " (no longer in the directory)" : "";
        string where = assignment.ScopeKind switch
        {
            "server" => "at the server",
            "resourceGroup" => "at the resource group",
            "subscription" => "at the subscription",
            "managementGroup" => "at a management group",
            _ => "at the root of the tenant",
        };
        return $"{kind} {name ?? assignment.PrincipalId.Text ?? "without an id"}{gone} has the role {role} {where}{standing}";
    }
}
