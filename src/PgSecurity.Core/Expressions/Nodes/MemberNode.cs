using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace PgSecurity.Core.Expressions;

/// <summary>A member of an object or array: <c>value.name</c>, <c>value['name']</c> or <c>value[0]</c>.</summary>
public sealed class MemberNode : ExpressionNode
{
    private readonly ExpressionNode[] _children;

    internal MemberNode(ExpressionNode container, ExpressionNode member, int position)
        : base(position) =>
        _children = [container, member];

    /// <summary>What it is a member of.</summary>
    public ExpressionNode Container => _children[0];

    /// <summary>The name or index.</summary>
    public ExpressionNode Member => _children[1];

    /// <inheritdoc/>
    public override IReadOnlyList<ExpressionNode> Children => _children;

    /// <summary>The same access with other parts.</summary>
    internal MemberNode With(ExpressionNode container, ExpressionNode member) => new(container, member, Position);

    /// <inheritdoc/>
    public override ExpressionValue Evaluate(IExpressionScope scope)
    {
        ExpressionValue container = Container.Evaluate(scope);
        if (container.IsUnknown) return container;
        ExpressionValue member = Member.Evaluate(scope);
        if (member.IsUnknown) return member;

        return TryGet(container, member, out ExpressionValue value)
            ? value
            : ExpressionValue.Unknown(Missing(container, member));
    }

    /// <summary>Reads a member; false where the container has none of that name or index, or cannot have any.</summary>
    internal static bool TryGet(ExpressionValue container, ExpressionValue member, out ExpressionValue value)
    {
        value = default;
        if (container.Kind == ExpressionKind.Object && member.Kind == ExpressionKind.String)
        {
            if (!JsonMembers.TryGet(container.Json, member.Text, out JsonElement found)) return false;
            value = ExpressionValue.From(found);
            return true;
        }

        if (container.Kind == ExpressionKind.Array && member.Kind == ExpressionKind.Integer)
        {
            long index = member.Integer;
            if (index < 0 || index >= container.Json.GetArrayLength()) return false;
            value = ExpressionValue.From(container.Json[(int)index]);
            return true;
        }

        return false;
    }

    private static string Missing(ExpressionValue container, ExpressionValue member) => (container.Kind, member.Kind) switch
    {
        (ExpressionKind.Object, ExpressionKind.String) => $"the object has no member '{member.Text}'",
        (ExpressionKind.Array, ExpressionKind.Integer) =>
            $"the array has no member {member.Integer.ToString(CultureInfo.InvariantCulture)}",
        _ => $"{container.KindInWords} has no member that {member.KindInWords} names",
    };
}
