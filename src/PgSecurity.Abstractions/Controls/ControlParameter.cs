namespace PgSecurity;

/// <summary>A value of a control that an organisation may choose.</summary>
public sealed class ControlParameter
{
    /// <summary>Makes a parameter.</summary>
    public ControlParameter(string name, string type, string value, string description)
    {
        Name = name;
        Type = type;
        Value = value;
        Description = description;
    }

    /// <summary>The name, as a parameter file spells it.</summary>
    public string Name { get; }

    /// <summary>The Azure Policy parameter type: String, Array, Object, Boolean, Integer, Float or DateTime.</summary>
    public string Type { get; }

    /// <summary>The value in force, as JSON.</summary>
    public string Value { get; }

    /// <summary>What it means, with its unit and range.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} = {Value}";
}
