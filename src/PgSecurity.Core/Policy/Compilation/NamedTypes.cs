using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Policy;

/// <summary>
/// The resource types that a rule compares the field <c>type</c> with. A rule about several services reads aliases of all
/// of them; those of a service that no posture holds are missing from every resource, as Azure Policy has it. A type that
/// the rule names nowhere is more likely misspelt.
/// </summary>
internal static class NamedTypes
{
    /// <summary>The types, as they are spelt.</summary>
    public static HashSet<string> In(JsonElement rule)
    {
        HashSet<string> found = new(StringComparer.OrdinalIgnoreCase);
        Collect(rule, found);
        return found;
    }

    private static void Collect(JsonElement element, HashSet<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) Collect(item, found);
        }

        if (element.ValueKind != JsonValueKind.Object) return;
        bool readsType = string.Equals(ArmJson.Text(element, "field"), "type", StringComparison.OrdinalIgnoreCase);
        foreach (JsonElement value in element.EnumerateObject().Select(member => member.Value))
        {
            if (readsType) Add(value, found);
            Collect(value, found);
        }
    }

    private static void Add(JsonElement operand, HashSet<string> found)
    {
        IEnumerable<JsonElement> values = operand.ValueKind == JsonValueKind.Array ? operand.EnumerateArray() : [operand];
        foreach (JsonElement value in values)
        {
            if (value.ValueKind == JsonValueKind.String) found.Add(value.GetString()!);
        }
    }
}
