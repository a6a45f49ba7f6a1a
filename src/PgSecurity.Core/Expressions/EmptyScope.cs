using System;

namespace PgSecurity.Core.Expressions;

/// <summary>A scope that answers nothing, for expressions of pure functions and literals.</summary>
public sealed class EmptyScope : IExpressionScope
{
    /// <summary>The one there is.</summary>
    public static readonly EmptyScope Instance = new();

    private EmptyScope()
    {
    }

    /// <inheritdoc/>
    public DateTimeOffset? UtcNow => null;

    /// <inheritdoc/>
    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value)
    {
        value = default;
        return false;
    }
}
