using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>One permission of a role definition: what it grants, and what it takes away again.</summary>
/// <param name="Actions">The operations that are granted.</param>
/// <param name="NotActions">Those of them that are not.</param>
internal sealed record RolePermission(ActionPatterns Actions, ActionPatterns NotActions)
{
    /// <summary>Reads it.</summary>
    public static RolePermission Read(JsonElement permission) =>
        new(ActionPatterns.Read(permission, "actions"), ActionPatterns.Read(permission, "notActions"));
}
