using System;
using System.Collections.Generic;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// The function <c>current()</c>: the value that a value count stands at; or the member that a field count stands at, or
/// something in it.
/// </summary>
internal sealed class CurrentNode(int frameIndex, Field? field, int position) : ExpressionNode(position)
{
    public override IReadOnlyList<ExpressionNode> Children => Array.Empty<ExpressionNode>();

    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        if (scope is not EvaluationContext context) return ExpressionValue.Unknown("current() has no answer here");
        if (field is null) return context.Frame(frameIndex).Value;

        OnlyVisitor visitor = default;
        field.Walk(context, null, ref visitor);
        return visitor.IsUnknown
            ? ExpressionValue.Unknown(field.WhyUnknown(context.Resource))
            : field.Levels == field.BoundLevels ? visitor.Value : field.Value(context, FieldSource.Condition);
    }

    /// <summary>Takes the value of a path that is bound to one member.</summary>
    private struct OnlyVisitor : IFieldVisitor
    {
        public ExpressionValue Value { get; private set; }

        public bool IsUnknown { get; private set; }

        public bool Visit(Presence presence, in ExpressionValue value)
        {
            Value = value;
            IsUnknown = presence == Presence.Unknown;
            return true;
        }
    }
}
