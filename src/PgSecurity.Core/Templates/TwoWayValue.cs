using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Templates;

/// <summary>
/// A value as it is, and as it stands in names. Text that is not known has a made-up stand-in there,
/// <c>(serverName)</c>, so that a server and its children are still known to belong together.
/// </summary>
internal readonly struct TwoWayValue
{
    public TwoWayValue(ExpressionValue value)
        : this(value, value)
    {
    }

    public TwoWayValue(ExpressionValue value, ExpressionValue inNames)
    {
        Value = value;
        InNames = inNames;
    }

    public ExpressionValue Value { get; }

    public ExpressionValue InNames { get; }

    /// <summary>An unknown value with its stand-in.</summary>
    public static TwoWayValue Nameless(string name, string reason) =>
        new(ExpressionValue.Unknown(reason), ExpressionValue.From("(" + name + ")"));

    /// <summary>The same, with the stand-in of a parameter where there is none yet.</summary>
    public TwoWayValue NamedFor(string name) =>
        InNames.IsUnknown ? new TwoWayValue(Value, ExpressionValue.From("(" + name + ")")) : this;
}
