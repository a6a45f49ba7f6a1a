using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>
/// The values that are given to a template's parameters from outside: a parameters file, or an object of values by name.
/// </summary>
internal static class TemplateParameters
{
    /// <summary>Reads them; of two sources the first one that has a name decides.</summary>
    public static Dictionary<string, ExpressionValue> Read(params JsonElement?[] sources)
    {
        Dictionary<string, ExpressionValue> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement? source in sources)
        {
            if (source is not { ValueKind: JsonValueKind.Object } given) continue;
            JsonElement list = ArmJson.TryGet(given, "parameters", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object
                ? inner
                : given;
            foreach (JsonProperty entry in list.EnumerateObject())
            {
                if (!entry.Name.StartsWith("$", StringComparison.Ordinal) && !values.ContainsKey(entry.Name))
                {
                    values[entry.Name] = ValueOf(entry.Value);
                }
            }
        }

        return values;
    }

    private static ExpressionValue ValueOf(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object) return ExpressionValue.From(entry);
        if (ArmJson.TryGet(entry, "value", out JsonElement value)) return ExpressionValue.From(value);
        return ArmJson.Has(entry, "reference")
            ? ExpressionValue.Unknown("the value is in a key vault")
            : ExpressionValue.From(entry);
    }
}
