using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>What the role definitions of a posture grant, each worked out once however many hold the role.</summary>
internal sealed class KnownRoles
{
    private readonly Dictionary<Resource, RoleActions> _roles = new();

    /// <summary>Those of a posture.</summary>
    public static KnownRoles Of(Posture posture) => posture.Once(static _ => new KnownRoles());

    /// <summary>What a definition grants.</summary>
    public RoleActions Actions(Resource definition)
    {
        if (!_roles.TryGetValue(definition, out RoleActions? actions))
        {
            actions = definition.Share(static definition => new RoleActions(definition, ""));
            _roles[definition] = actions;
        }

        return actions;
    }
}
