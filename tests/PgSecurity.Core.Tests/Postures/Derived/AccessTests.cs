using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class AccessTests
{
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private const string Subscription = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";
    private const string Server = Subscription + "/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/contoso-payments";

    [Fact]
    public void Assignments_are_judged_by_what_their_roles_grant()
    {
        Facet assignments = Derivation.Of(AccessAssignments.TypeName);

        Assert.Equal(3, assignments.Resources.Count);
        Resource contributor = assignments.Find("21b2c3d4-e5f6-4071-9283-940516273849")!;
        Assert.Equal("Contributor", contributor.Property("roleName").GetString());
        Assert.True(contributor.Property("canChangeServer").GetBoolean());
        Assert.False(contributor.Property("canGrantAccess").GetBoolean());
        Assert.False(contributor.Property("standing").GetBoolean());
        Assert.True(contributor.Property("principalExists").GetBoolean());
        Assert.False(assignments.Find("32c3d4e5-f607-4182-a394-05162738495a")!.Property("privileged").GetBoolean());
    }

    [Theory]
    [InlineData("/", "tenant")]
    [InlineData("/providers/Microsoft.Management/managementGroups/contoso", "managementGroup")]
    [InlineData(Subscription, "subscription")]
    [InlineData("/SUBSCRIPTIONS/2F1C9D3E-5B7A-4C68-9E0D-7A1B3C5D7E9F/resourcegroups/RG-PAYMENTS-PROD", "resourceGroup")]
    [InlineData(Server, "server")]
    [InlineData(Server + "/databases/app", null)]
    [InlineData(Server + "-2", null)]
    [InlineData(Subscription + "/resourceGroups/rg-payments", null)]
    [InlineData("/subscriptions/00000000-0000-4000-8000-000000000000", null)]
    public void Only_scopes_at_the_server_or_above_it_count(string scope, string? kind)
    {
        Facet assignments = Derivation.Of(AccessAssignments.TypeName, Assigned($$"""
            { "name": "a", "properties": { "scope": "{{scope}}", "roleDefinitionId": "/x/{{Owner}}", "principalId": "p", "principalType": "Group" } }
            """));

        Assert.Equal(kind is null ? [] : new[] { kind }, assignments.Resources.Select(item => item.Property("scope").GetString()));
    }

    [Fact]
    public void A_role_that_is_not_known_leaves_the_counts_open_but_bounded()
    {
        Resource summary = Derivation.Only(AccessSummaries.TypeName, Assigned(
            Assignment("a", Owner, "p1") + "," + Assignment("b", "no-such-role", "p2") + "," + Assignment("c", Owner, "P1")));

        Assert.True(summary.IsUnknown("owners"));
        Assert.Equal(1, summary.Property("knownOwners").GetInt32());
        Assert.Equal(2, summary.Property("possibleOwners").GetInt32());
        Assert.True(summary.IsUnknown("contributors"));
        Assert.Equal(0, summary.Property("knownContributors").GetInt32());
    }

    [Fact]
    public void Assignments_that_may_exist_leave_no_bound()
    {
        Resource summary = Derivation.Only(AccessSummaries.TypeName, $$"""{ "unavailable": { "{{FacetTypes.RoleAssignments}}": "403" } }""");

        Assert.True(summary.IsUnknown("owners"));
        Assert.True(summary.IsUnknown("possibleOwners"));
        Assert.Equal(0, summary.Property("knownOwners").GetInt32());
    }

    [Fact]
    public void A_condition_makes_granting_unknown_and_changing_not()
    {
        Resource owner = Derivation.Only(AccessAssignments.TypeName, Assigned(Assignment("a", Owner, "p1", """, "condition": "@Request…" """)));

        Assert.True(owner.IsUnknown("canGrantAccess"));
        Assert.True(owner.Property("privileged").GetBoolean());
    }

    [Fact]
    public void Locks_count_at_the_server_and_above_it()
    {
        Facet locks = Derivation.Of(EffectiveLocks.TypeName, $$"""
            { "facets": { "{{FacetTypes.Locks}}": [
              { "name": "own", "properties": { "level": "ReadOnly" } },
              { "name": "group", "id": "{{Subscription}}/resourcegroups/rg-payments-prod/providers/Microsoft.Authorization/locks/group", "properties": { "level": "CanNotDelete" } },
              { "name": "child", "id": "{{Server}}/databases/app/providers/Microsoft.Authorization/locks/child", "properties": { "level": "ReadOnly" } },
              { "name": "other", "id": "{{Subscription}}/resourceGroups/rg-x/providers/Microsoft.Authorization/locks/other", "properties": { "level": "ReadOnly" } } ] } }
            """);

        Assert.Equal(new[] { "own", "group" }, locks.Resources.Select(held => held.Name));
        Assert.True(locks.Find("own")!.Property("preventsChange").GetBoolean());
        Assert.False(locks.Find("own")!.Property("inherited").GetBoolean());
        Assert.True(locks.Find("group")!.Property("preventsDeletion").GetBoolean());
        Assert.True(locks.Find("group")!.Property("inherited").GetBoolean());
    }

    [Fact]
    public void Administrators_are_looked_up_by_object_id_not_by_name()
    {
        Resource group = Derivation.Only(EntraAdministrators.TypeName, $$"""
            { "facets": { "{{FacetTypes.Administrators}}": [ { "name": "grp-payments-dba", "properties": {
              "principalType": "Group", "principalName": "grp-payments-dba", "objectId": "9A8B7C6D-5E4F-4A3B-8C2D-1E0F9A8B7C6D" } } ] } }
            """);

        Assert.True(group.Property("exists").GetBoolean());
        Assert.False(group.Property("disabled").GetBoolean());
    }

    private static string Assignment(string name, string role, string principal, string more = "") => $$"""
        { "name": "{{name}}", "properties": { "scope": "{{Subscription}}", "roleDefinitionId": "{{Subscription}}/providers/Microsoft.Authorization/roleDefinitions/{{role}}",
          "principalId": "{{principal}}", "principalType": "Group"{{more}} } }
        """;

    private static string Assigned(string assignments) => $$"""{ "facets": { "{{FacetTypes.RoleAssignments}}": [ {{assignments}} ] } }""";
}
