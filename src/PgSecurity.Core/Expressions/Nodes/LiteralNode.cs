using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Expressions;

/// <summary>A string or number that stands in the expression.</summary>
public sealed class LiteralNode : ExpressionNode
{
    /// <summary>Makes a literal.</summary>
    public LiteralNode(ExpressionValue value, int position = 0)
        : base(position) =>
        Value = value;

    /// <summary>The value.</summary>
    public ExpressionValue Value { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ExpressionNode> Children => Array.Empty<ExpressionNode>();

    /// <inheritdoc/>
    public override ExpressionValue Evaluate(IExpressionScope scope) => Value;
}
