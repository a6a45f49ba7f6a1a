namespace PgSecurity.Core.Expressions;

/// <summary>What an <see cref="ExpressionValue"/> is.</summary>
public enum ExpressionKind : byte
{
    /// <summary>JSON null, also what a missing optional value comes to.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Float,

    /// <summary>Text.</summary>
    String,

    /// <summary>A JSON array; members may be marked as unknown.</summary>
    Array,

    /// <summary>A JSON object; members may be marked as unknown.</summary>
    Object,

    /// <summary>A value that exists but is not known, with the reason.</summary>
    Unknown,
}
