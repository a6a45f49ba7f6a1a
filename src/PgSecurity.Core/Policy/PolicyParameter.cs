using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Core.Policy;

/// <summary>A parameter of a policy definition.</summary>
public sealed class PolicyParameter
{
    internal PolicyParameter(
        string name, PolicyParameterType type, JsonElement? defaultValue, IReadOnlyList<JsonElement> allowedValues, JsonElement metadata)
    {
        Name = name;
        Type = type;
        DefaultValue = defaultValue;
        AllowedValues = allowedValues;
        Metadata = metadata;
    }

    /// <summary>The name; compared without regard to case.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public PolicyParameterType Type { get; }

    /// <summary>The value where none is given; null where one must be.</summary>
    public JsonElement? DefaultValue { get; }

    /// <summary>The values it may have (for an array: its members); empty where any is allowed.</summary>
    public IReadOnlyList<JsonElement> AllowedValues { get; }

    /// <summary>The <c>metadata</c> object; undefined where there is none.</summary>
    public JsonElement Metadata { get; }

    /// <summary>What it means.</summary>
    public string Description =>
        Metadata.ValueKind == JsonValueKind.Object
        && Metadata.TryGetProperty("description", out JsonElement description)
        && description.ValueKind == JsonValueKind.String
            ? description.GetString()!
            : "";
}
