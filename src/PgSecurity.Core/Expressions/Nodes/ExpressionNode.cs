using System.Collections.Generic;

namespace PgSecurity.Core.Expressions;

/// <summary>A part of a parsed expression. Immutable; any number of threads may evaluate it.</summary>
public abstract class ExpressionNode
{
    private protected ExpressionNode(int position) => Position = position;

    /// <summary>Where it begins in the text, counted from 0.</summary>
    public int Position { get; }

    /// <summary>The parts below it.</summary>
    public abstract IReadOnlyList<ExpressionNode> Children { get; }

    /// <summary>
    /// The value in a scope. Never throws for what a template may say: what cannot be told, a function's error included,
    /// is unknown with the reason.
    /// </summary>
    public abstract ExpressionValue Evaluate(IExpressionScope scope);
}
