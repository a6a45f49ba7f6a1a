using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>What a role definition lets its holders do: an operation is granted by a permission whose actions match it and whose notActions do not.</summary>
internal sealed class RoleActions
{
    private const string Provider = "Microsoft.DBforPostgreSQL/";

    /// <summary>Who can do one of these decides who gets into the data: settings, firewall, administrators, password.</summary>
    public static readonly string[] ChangeServer =
    {
        Provider + "flexibleServers/write",
        Provider + "flexibleServers/delete",
        Provider + "flexibleServers/administrators/write",
        Provider + "flexibleServers/firewallRules/write",
        Provider + "flexibleServers/configurations/write",
        Provider + "flexibleServers/privateEndpointConnections/write",
    };

    /// <summary>Who can do one of these can give any role to anybody, themselves included.</summary>
    public static readonly string[] GrantAccess =
    {
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/elevateAccess/action",
    };

    private readonly List<RolePermission> _permissions = new();
    private readonly Lazy<string?> _wildcard;

    /// <summary>Reads a role definition; null where it is not known.</summary>
    public RoleActions(Resource? definition, string gapIfMissing)
    {
        _wildcard = new Lazy<string?>(FindWildcard, LazyThreadSafetyMode.PublicationOnly);
        Gap = definition is null ? gapIfMissing : null;
        if (definition is not null) Read(definition);
        CanChangeServer = GrantsAny(ChangeServer);
        CanGrantAccess = GrantsAny(GrantAccess);
    }

    private void Read(Resource definition)
    {

        ResourceField permissions = ResourceField.Of(definition, "properties.permissions");
        Gap = permissions.UnknownReason;
        if (permissions.Value.ValueKind != JsonValueKind.Array) return;
        foreach (JsonElement permission in permissions.Value.EnumerateArray())
        {
            if (permission.ValueKind == JsonValueKind.Object) _permissions.Add(RolePermission.Read(permission));
        }
    }

    /// <summary>Why nothing can be told; null where the permissions are known.</summary>
    public string? Gap { get; private set; }

    /// <summary>Whether one of <see cref="ChangeServer"/> is granted.</summary>
    public Truth CanChangeServer { get; }

    /// <summary>Whether one of <see cref="GrantAccess"/> is granted.</summary>
    public Truth CanGrantAccess { get; }

    private Truth GrantsAny(string[] operations)
    {
        Truth any = Truth.False;
        for (int i = 0; i < operations.Length && any != Truth.True; i++)
        {
            any = any.Or(Grants(operations[i]));
        }

        return any;
    }

    /// <summary>Whether an operation is granted.</summary>
    public Truth Grants(string operation)
    {
        if (Gap is not null) return Truth.Unknown;
        Truth granted = Truth.False;
        foreach (RolePermission permission in _permissions)
        {
            Truth matched = permission.Actions.Matches(operation);
            if (matched != Truth.False) granted = granted.Or(matched.And(permission.NotActions.Matches(operation).Not()));
        }

        return granted;
    }

    /// <summary>Whether there is such an action as <see cref="WildcardOverProvider"/> names.</summary>
    public Truth HasWildcardOverProvider =>
        WildcardOverProvider() is not null ? Truth.True
        : Gap is not null || _permissions.Exists(permission => permission.Actions.HasUnknown) ? Truth.Unknown
        : Truth.False;

    /// <summary>
    /// The first action with a wildcard that grants operations, other than reading, on more than one resource type of the
    /// provider: what Microsoft adds to the provider tomorrow is granted too. Null where there is none.
    /// </summary>
    public string? WildcardOverProvider() => _wildcard.Value;

    private string? FindWildcard()
    {
        foreach (RolePermission permission in _permissions)
        {
            foreach (string pattern in permission.Actions.Patterns.Where(pattern => pattern.IndexOf("*", StringComparison.Ordinal) >= 0))
            {
                int types = ChangeServer
                    .Where(operation => Matches(pattern, operation) && permission.NotActions.Matches(operation) == Truth.False)
                    .Select(operation => operation.Substring(0, operation.LastIndexOf('/')))
                    .Distinct(StringComparer.Ordinal)
                    .Count();
                if (types > 1) return pattern;
            }
        }

        return null;
    }

    /// <summary>Whether an action pattern, in which <c>*</c> stands for any text, matches an operation; without regard to case and in linear space.</summary>
    public static bool Matches(string pattern, string operation)
    {
        int p = 0, o = 0, star = -1, resume = 0;
        while (o < operation.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = o;
            }
            else if (p < pattern.Length && IsSame(pattern[p], operation[o]))
            {
                p++;
                o++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                o = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool IsSame(char one, char other) => one == other || char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
