using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;

namespace PgSecurity.Core.Policy;

/// <summary>A JSON array of a rule in which expressions stand.</summary>
internal sealed class ArrayNode(ExpressionNode[] items) : ExpressionNode(0)
{
    public override IReadOnlyList<ExpressionNode> Children => items;

    public override ExpressionValue Evaluate(IExpressionScope scope) =>
        Elements.ToArray(items.Select(item => item.Evaluate(scope)));
}
