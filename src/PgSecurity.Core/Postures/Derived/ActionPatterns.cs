using System;
using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>A list of action patterns in a permission.</summary>
/// <param name="Patterns">Those that are known.</param>
/// <param name="HasUnknown">Whether there may be more.</param>
internal sealed record ActionPatterns(IReadOnlyList<string> Patterns, bool HasUnknown)
{
    private static readonly ActionPatterns None = new(Array.Empty<string>(), false);

    /// <summary>Reads the list under a name, which is compared without regard to case.</summary>
    public static ActionPatterns Read(JsonElement permission, string name)
    {
        JsonElement list = Member(permission, name);
        bool hasUnknown = UnknownValue.Is(permission) || UnknownValue.Is(list);
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) return hasUnknown ? new ActionPatterns(None.Patterns, true) : None;

        List<string> patterns = new(list.GetArrayLength());
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String) patterns.Add(item.GetString()!);
            else hasUnknown |= UnknownValue.Is(item);
        }

        return new ActionPatterns(patterns, hasUnknown);
    }

    /// <summary>Whether one of them matches an operation.</summary>
    public Truth Matches(string operation)
    {
        foreach (string pattern in Patterns)
        {
            if (RoleActions.Matches(pattern, operation)) return Truth.True;
        }

        return HasUnknown ? Truth.Unknown : Truth.False;
    }

    private static JsonElement Member(JsonElement permission, string name)
    {
        foreach (JsonProperty member in permission.EnumerateObject())
        {
            if (member.NameEquals(name) || string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) return member.Value;
        }

        return default;
    }
}
