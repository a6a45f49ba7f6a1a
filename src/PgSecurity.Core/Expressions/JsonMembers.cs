using System;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Expressions;

/// <summary>Members of JSON objects as ARM compares them: without regard to case.</summary>
internal static class JsonMembers
{
    /// <summary>The member of a name, in the exact spelling where there is one.</summary>
    public static bool TryGet(JsonElement container, string name, out JsonElement value)
    {
        if (container.TryGetProperty(name, out value)) return true;
        foreach (JsonProperty member in container.EnumerateObject())
        {
            if (!string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
            value = member.Value;
            return true;
        }

        return false;
    }

    /// <summary>Whether a value, or anything inside it, is marked as unknown.</summary>
    public static bool FindMark(JsonElement value, out string reason)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            if (UnknownValue.Is(value))
            {
                reason = UnknownValue.Reason(value);
                return true;
            }

            foreach (JsonProperty member in value.EnumerateObject())
            {
                if (FindMark(member.Value, out reason)) return true;
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (FindMark(item, out reason)) return true;
            }
        }

        reason = "";
        return false;
    }
}
