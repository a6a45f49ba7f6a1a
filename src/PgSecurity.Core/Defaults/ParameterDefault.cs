namespace PgSecurity.Core.Defaults;

/// <summary>A server parameter of a new server of one major version.</summary>
public sealed class ParameterDefault
{
    internal ParameterDefault(string name) => Name = name;

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>What a new server has; null where <see cref="UnknownReason"/> says why it is not known. It may be empty.</summary>
    public string? Value { get; internal init; }

    /// <summary>Why the value is not known; null where it is.</summary>
    public string? UnknownReason { get; internal init; }

    /// <summary><c>Boolean</c>, <c>Integer</c>, <c>Numeric</c>, <c>Enumeration</c>, <c>Set</c> or <c>String</c>; null where it is not known.</summary>
    public string? DataType { get; internal init; }

    /// <summary>A list with commas, a range <c>low-high</c>, or a pattern; null where it is not known.</summary>
    public string? AllowedValues { get; internal init; }

    /// <summary>Whether it takes effect without a restart; null where that is not known.</summary>
    public bool? IsDynamic { get; internal init; }

    /// <summary>Whether it cannot be set; null where that is not known.</summary>
    public bool? IsReadOnly { get; internal init; }
}
