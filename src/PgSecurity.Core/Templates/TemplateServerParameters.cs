using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>
/// The parameters that a new server of a template has: those that the template sets, and the version's defaults for all
/// others. A parameter that the template may or may not set has a value that is not known.
/// </summary>
internal static class TemplateServerParameters
{
    /// <summary>All parameters of the server.</summary>
    /// <param name="server">The server's id.</param>
    /// <param name="defaults">The version's parameters.</param>
    /// <param name="set">Those that the template sets, and whether each surely is.</param>
    /// <param name="doubt">Why any other parameter may be set too; null where none can be.</param>
    public static IEnumerable<Resource> Of(
        ServerId server,
        IReadOnlyList<ParameterDefault> defaults,
        IReadOnlyList<(TemplateResource Resource, bool IsSure)> set,
        string? doubt)
    {
        ILookup<string, (TemplateResource Resource, bool IsSure)> byName = set.ToLookup(entry => entry.Resource.Name, StringComparer.OrdinalIgnoreCase);
        HashSet<string> known = new(defaults.Select(entry => entry.Name), StringComparer.OrdinalIgnoreCase);
        foreach (ParameterDefault entry in defaults)
        {
            yield return Describe(server, entry.Name, entry, byName[entry.Name].ToList(), doubt);
        }

        // A name that the version does not have stays to be seen: it has no effect, and that is a finding.
        foreach (IGrouping<string, (TemplateResource Resource, bool IsSure)> other in byName)
        {
            if (!known.Contains(other.Key)) yield return Describe(server, other.Key, null, other.ToList(), doubt);
        }
    }

    private static Resource Describe(
        ServerId server, string name, ParameterDefault? entry, IReadOnlyList<(TemplateResource Resource, bool IsSure)> set, string? doubt)
    {
        JsonNode? byDefault = Default(entry, doubt);
        JsonObject properties = new() { ["value"] = Value(set, entry, byDefault) };
        if (entry is not null)
        {
            if (entry.Value is not null) properties["defaultValue"] = entry.Value;
            if (entry.DataType is not null) properties["dataType"] = entry.DataType;
            if (entry.AllowedValues is not null) properties["allowedValues"] = entry.AllowedValues;
            if (entry.IsDynamic is bool dynamic) properties["isDynamicConfig"] = dynamic;
            if (entry.IsReadOnly is bool readOnly) properties["isReadOnly"] = readOnly;
        }

        properties["source"] = set.Count == 0 ? "system-default" : "user-override";
        string id = $"{server.Value}/configurations/{name}";
        JsonElement body = ArmJson.Element(new JsonObject
        {
            ["id"] = id,
            ["type"] = FacetTypes.Configurations,
            ["name"] = name,
            ["properties"] = properties,
        });
        return new Resource(id, FacetTypes.Configurations, name, body);
    }

    private static JsonNode? Default(ParameterDefault? entry, string? doubt)
    {
        if (doubt is not null) return ArmJson.Unknown(doubt);
        if (entry is null) return ArmJson.Unknown("the template sets the parameter without a value");
        return entry.Value is null ? ArmJson.Unknown(entry.UnknownReason!) : JsonValue.Create(entry.Value);
    }

    private static JsonNode? Value(
        IReadOnlyList<(TemplateResource Resource, bool IsSure)> set, ParameterDefault? entry, JsonNode? byDefault)
    {
        if (set.Count == 0) return byDefault;

        // Without a value, a setting is the default.
        List<JsonNode?> values = set.Select(one => DeclaredValue(one.Resource) ?? byDefault?.DeepClone()).ToList();
        if (set.Any(one => !one.IsSure)) values.Add(byDefault?.DeepClone());
        return values.Skip(1).All(value => JsonNode.DeepEquals(value, values[0]))
            ? values[0]
            : ArmJson.Unknown(set.Any(one => !one.IsSure)
                ? "whether the template sets it depends on a condition that cannot be told"
                : "the template sets it twice, to different values");
    }

    private static JsonNode? DeclaredValue(TemplateResource parameter)
    {
        if (!ArmJson.TryGet(parameter.Body, "properties", out JsonElement properties)) return null;
        if (UnknownValue.Is(properties)) return ArmJson.Node(properties);
        return ArmJson.TryGet(properties, "value", out JsonElement value) ? ArmJson.Node(value) : null;
    }
}
