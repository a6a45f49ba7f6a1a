using System;

namespace PgSecurity.Core.Expressions;

/// <summary>What a function can make of arguments that are not known.</summary>
internal enum UnknownArguments
{
    /// <summary>Nothing: an unknown argument, or a member marked unknown inside one, makes the call unknown.</summary>
    Spoil,

    /// <summary>It looks at the shape: members may be unknown, the argument itself may not.</summary>
    MayBeMembers,

    /// <summary>It takes them and decides for itself.</summary>
    AreTaken,
}

/// <summary>One function of the template language.</summary>
internal sealed class ExpressionFunction
{
    public delegate ExpressionValue Eager(ReadOnlySpan<ExpressionValue> arguments, IExpressionScope scope);

    public delegate ExpressionValue OnNodes(ExpressionNode[] arguments, IExpressionScope scope);

    public ExpressionFunction(string name, int minimum, int maximum, Eager body, UnknownArguments unknown = default)
    {
        Name = name;
        MinimumArguments = minimum;
        MaximumArguments = maximum;
        Body = body;
        Unknown = unknown;
    }

    public ExpressionFunction(string name, int minimum, int maximum, OnNodes lazy)
    {
        Name = name;
        MinimumArguments = minimum;
        MaximumArguments = maximum;
        Lazy = lazy;
    }

    public string Name { get; }

    public int MinimumArguments { get; }

    public int MaximumArguments { get; }

    public Eager? Body { get; }

    public OnNodes? Lazy { get; }

    public UnknownArguments Unknown { get; }

    /// <summary>Whether the scope may answer in its own way (the clock).</summary>
    public bool AsksScopeFirst { get; init; }

    /// <summary>The first argument that keeps the function from giving a value.</summary>
    public bool FindUnknown(ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue unknown)
    {
        unknown = default;
        if (Unknown == UnknownArguments.AreTaken) return false;
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (argument.IsUnknown)
            {
                unknown = argument;
                return true;
            }

            if (Unknown == UnknownArguments.Spoil
                && (argument.Kind is ExpressionKind.Array or ExpressionKind.Object)
                && JsonMembers.FindMark(argument.Json, out string reason))
            {
                unknown = ExpressionValue.Unknown(reason);
                return true;
            }
        }

        return false;
    }
}
