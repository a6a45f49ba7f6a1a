using System;
using System.Collections.Generic;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>The function <c>field()</c> of a name that is known when the rule is compiled.</summary>
internal sealed class FieldNode(Field read, int position) : ExpressionNode(position)
{
    public Field Field => read;

    public override IReadOnlyList<ExpressionNode> Children => Array.Empty<ExpressionNode>();

    public override ExpressionValue Evaluate(IExpressionScope scope) => scope is EvaluationContext context
        ? read.Value(context, FieldSource.Function)
        : ExpressionValue.Unknown($"{read.Display} is not known here");

    /// <summary>The one field that an expression reads; null where it reads none, or several.</summary>
    public static Field? Only(ExpressionNode node)
    {
        Field? only = null;
        Stack<ExpressionNode> open = new();
        open.Push(node);
        while (open.Count > 0)
        {
            ExpressionNode next = open.Pop();
            if (next is FieldNode found)
            {
                if (only is not null && !string.Equals(only.Text, found.Field.Text, StringComparison.OrdinalIgnoreCase)) return null;
                only = found.Field;
            }

            foreach (ExpressionNode child in next.Children)
            {
                open.Push(child);
            }
        }

        return only;
    }
}
