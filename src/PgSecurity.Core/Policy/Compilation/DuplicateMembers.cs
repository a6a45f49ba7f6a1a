using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Refuses a definition in which an object names a member twice: readers of JSON differ in which of them counts, so that
/// two tools would see two policies.
/// </summary>
internal static class DuplicateMembers
{
    private const int MaximumDepth = 200;

    /// <summary>Looks through the whole value.</summary>
    public static void Refuse(DefinitionPlace place) => Refuse(place, 0);

    /// <summary>Whether there are any, or the value is nested too deep to tell: what makes another value of it must not begin, and leaves the error to <see cref="Refuse(DefinitionPlace)"/>.</summary>
    public static bool AreIn(JsonElement value)
    {
        try
        {
            Refuse(new DefinitionPlace("", "", value));
            return false;
        }
        catch (PolicyLoadException)
        {
            return true;
        }
    }

    private static void Refuse(DefinitionPlace place, int depth)
    {
        if (depth > MaximumDepth) throw place.Wrong($"the JSON is nested deeper than {MaximumDepth} levels");
        if (place.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (DefinitionPlace item in place.Items())
            {
                if (IsContainer(item.Value)) Refuse(item, depth + 1);
            }
        }
        else if (place.Value.ValueKind == JsonValueKind.Object)
        {
            HashSet<string> names = new(System.StringComparer.Ordinal);
            foreach (JsonProperty member in place.Value.EnumerateObject())
            {
                if (!names.Add(member.Name)) throw place.Wrong($"the member '{member.Name}' stands twice; expected once");
                if (IsContainer(member.Value)) Refuse(place.Member(member.Name, member.Value), depth + 1);
            }
        }
    }

    private static bool IsContainer(JsonElement value) => value.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
}
