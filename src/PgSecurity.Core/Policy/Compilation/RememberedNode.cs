using System.Collections.Generic;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// An expression that depends on the text of one field alone, such as <c>int(field('…'))</c>: what it came to for a spelling
/// is remembered, since working it out anew would allocate each time.
/// </summary>
internal sealed class RememberedNode : ExpressionNode
{
    private readonly ExpressionNode _expression;
    private readonly FieldNode _field;
    private readonly SpellingMemory<ExpressionValue> _memory = new();

    private RememberedNode(ExpressionNode expression, FieldNode field)
        : base(expression.Position)
    {
        _expression = expression;
        _field = field;
    }

    public override IReadOnlyList<ExpressionNode> Children => [_expression];

    /// <summary>The expression, remembering where it can.</summary>
    public static ExpressionNode Around(ExpressionNode expression) =>
        expression is FunctionCallNode && OnlyField(expression) is FieldNode field ? new RememberedNode(expression, field) : expression;

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        ExpressionValue text = _field.Evaluate(scope);
        if (text.Kind != ExpressionKind.String) return _expression.Evaluate(scope);
        if (_memory.TryGet(text, out ExpressionValue known)) return known;

        ExpressionValue value = _expression.Evaluate(scope);
        if (value.Kind == ExpressionKind.String) value = ExpressionValue.From(value.Text);
        else if (value.Kind is not (ExpressionKind.Boolean or ExpressionKind.Integer or ExpressionKind.Float)) return value;
        _memory.Remember(text.Text, value);
        return value;
    }

    /// <summary>The one field that nothing but functions of their arguments stand around; null where there is more to it.</summary>
    private static FieldNode? OnlyField(ExpressionNode expression)
    {
        FieldNode? only = null;
        Stack<ExpressionNode> open = new();
        open.Push(expression);
        while (open.Count > 0)
        {
            ExpressionNode next = open.Pop();
            if (next is FieldNode field)
            {
                if (only is not null) return null;
                only = field;
            }
            else if (next is not (LiteralNode or FunctionCallNode { IsPure: true }))
            {
                return null;
            }

            foreach (ExpressionNode child in next.Children)
            {
                open.Push(child);
            }
        }

        return only;
    }
}
