namespace PgSecurity.Core.Policy;

/// <summary>The types of a policy parameter.</summary>
public enum PolicyParameterType
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A list.</summary>
    Array,

    /// <summary>A JSON object.</summary>
    Object,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Float,

    /// <summary>A date and time of ISO 8601.</summary>
    DateTime,
}
