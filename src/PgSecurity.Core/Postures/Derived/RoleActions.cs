using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

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

    private readonly ResourceField _permissions;

    /// <summary>Reads a role definition; null where it is not known.</summary>
    public RoleActions(Resource? definition, string gapIfMissing)
    {
        Gap = definition is null ? gapIfMissing : null;
        if (definition is null) return;

        _permissions = ResourceField.Of(definition, "properties.permissions");
        Gap = _permissions.UnknownReason;
    }

    /// <summary>Why nothing can be told; null where the permissions are known.</summary>
    public string? Gap { get; }

    /// <summary>Whether one of some operations is granted.</summary>
    public Truth GrantsAny(IEnumerable<string> operations) =>
        operations.Select(Grants).Aggregate(Truth.False, (one, other) => one.Or(other));

    /// <summary>Whether an operation is granted.</summary>
    public Truth Grants(string operation)
    {
        if (Gap is not null) return Truth.Unknown;
        return Permissions()
            .Select(permission => Matches(permission, "actions", operation).And(Matches(permission, "notActions", operation).Not()))
            .Aggregate(Truth.False, (one, other) => one.Or(other));
    }

    /// <summary>Whether there is such an action as <see cref="WildcardOverProvider"/> names.</summary>
    public Truth HasWildcardOverProvider =>
        WildcardOverProvider() is not null ? Truth.True
        : Gap is not null || Permissions().Any(permission => HasUnknown(permission, "actions")) ? Truth.Unknown
        : Truth.False;

    /// <summary>
    /// The first action with a wildcard that grants operations, other than reading, on more than one resource type of the
    /// provider: what Microsoft adds to the provider tomorrow is granted too. Null where there is none.
    /// </summary>
    public string? WildcardOverProvider()
    {
        foreach (JsonElement permission in Permissions())
        {
            foreach (string pattern in Patterns(permission, "actions").Where(pattern => pattern.Any(letter => letter == '*')))
            {
                int types = ChangeServer
                    .Where(operation => Matches(pattern, operation) && Matches(permission, "notActions", operation) == Truth.False)
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
            else if (p < pattern.Length && char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(operation[o]))
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

    private IEnumerable<JsonElement> Permissions() =>
        _permissions.Value.ValueKind == JsonValueKind.Array
            ? _permissions.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : Enumerable.Empty<JsonElement>();

    private static Truth Matches(JsonElement permission, string member, string operation)
    {
        if (Patterns(permission, member).Any(pattern => Matches(pattern, operation))) return Truth.True;
        return HasUnknown(permission, member) ? Truth.Unknown : Truth.False;
    }

    private static IEnumerable<string> Patterns(JsonElement permission, string member)
    {
        JsonElement list = Member(permission, member);
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)
            : Enumerable.Empty<string>();
    }

    private static bool HasUnknown(JsonElement permission, string member)
    {
        JsonElement list = Member(permission, member);
        return UnknownValue.Is(permission) || UnknownValue.Is(list)
            || (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(UnknownValue.Is));
    }

    private static JsonElement Member(JsonElement permission, string name) =>
        permission.EnumerateObject().FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
}
