using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;

namespace PgSecurity.Azure.Appliers;

/// <summary>Whether a principal may read, wrap and unwrap with a key of a vault by its roles at the key or above it.</summary>
internal sealed class KeyRoles
{
    private static readonly string[] Needed =
    {
        "Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/keys/wrap/action", "Microsoft.KeyVault/vaults/keys/unwrap/action",
    };

    private readonly ArmClient _arm;
    private readonly CancellationToken _stop;

    internal KeyRoles(ArmClient arm, CancellationToken stop)
    {
        _arm = arm;
        _stop = stop;
    }

    /// <summary>Adds it to a fact: <c>mayUse</c>, and the names of the roles.</summary>
    /// <exception cref="ArmException">The assignments, or a role's definition, could not be read.</exception>
    internal async Task<Fact> DescribeAsync(Fact fact, string keyId, string principal)
    {
        // Assignments by way of a group count too: assignedTo() follows memberships.
        ArmListing assignments = await _arm.ListAsync(
            $"{keyId}/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()%20and%20assignedTo('{Uri.EscapeDataString(principal)}')", _stop).ConfigureAwait(false);
        if (assignments.Fault is ArmFault fault) return fact.SetUnknown("mayUse", fault.Reason);

        HashSet<string> granted = new(StringComparer.Ordinal);
        List<string> names = new();
        bool isConditional = false;
        foreach (JsonElement assignment in assignments.Items)
        {
            string? definition = ResourceField.In(assignment, "properties.roleDefinitionId").Text;
            if (definition is null) continue;
            JsonElement role = await _arm.GetAsync(definition, _stop).ConfigureAwait(false);
            string[] gives = Needed.Where(action => Gives(role, action)).ToArray();
            if (gives.Length == 0) continue;
            names.Add(ResourceField.In(role, "properties.roleName").Text ?? ResourceId.NameOf(definition));
            if (ResourceField.In(assignment, "properties.condition").Text is null) granted.UnionWith(gives);
            else isConditional = true;
        }

        fact.Set("roles", names);
        if (Needed.All(granted.Contains)) return fact.Set("mayUse", true);
        return isConditional ? fact.SetUnknown("mayUse", "a role is assigned under a condition, which is not evaluated") : fact.Set("mayUse", false);
    }

    private static bool Gives(JsonElement role, string action)
    {
        JsonElement permissions = ResourceField.In(role, "properties.permissions").Value;
        return permissions.ValueKind == JsonValueKind.Array && permissions.EnumerateArray().Any(one =>
            Patterns(one, "dataActions").Any(pattern => Wildcard.Matches(action, pattern))
            && !Patterns(one, "notDataActions").Any(pattern => Wildcard.Matches(action, pattern)));
    }

    private static IEnumerable<string> Patterns(JsonElement permission, string name)
    {
        JsonElement list = ResourceField.In(permission, name).Value;
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!)
            : Enumerable.Empty<string>();
    }
}
