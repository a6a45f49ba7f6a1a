using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions that take a lambda. Members that are unknown go into it as unknown.</summary>
internal static class LambdaFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("map", 2, 2, Map),
        new("filter", 2, 2, Filter),
        new("reduce", 3, 3, Reduce),
        new("sort", 2, 2, Sort),
        new("toObject", 2, 3, ToObject),
        new("mapValues", 2, 2, MapValues),
        new("groupBy", 2, 2, GroupBy),
    ];

    private static ExpressionValue Map(ExpressionNode[] arguments, IExpressionScope scope)
    {
        if (!TryRead(arguments, scope, out ExpressionValue[] items, out ExpressionValue unknown)) return unknown;
        LambdaNode lambda = LambdaOf(arguments[1]);
        return Elements.ToArray(items.Select((item, i) => lambda.Invoke(scope, item, ExpressionValue.From(i))));
    }

    private static ExpressionValue Filter(ExpressionNode[] arguments, IExpressionScope scope)
    {
        if (!TryRead(arguments, scope, out ExpressionValue[] items, out ExpressionValue unknown)) return unknown;
        LambdaNode lambda = LambdaOf(arguments[1]);
        List<ExpressionValue> kept = new();
        for (int i = 0; i < items.Length; i++)
        {
            ExpressionValue keep = lambda.Invoke(scope, items[i], ExpressionValue.From(i));
            if (keep.IsUnknown) return keep;
            if (keep.Boolean) kept.Add(items[i]);
        }

        return Elements.ToArray(kept);
    }

    private static ExpressionValue Reduce(ExpressionNode[] arguments, IExpressionScope scope)
    {
        if (!TryRead(arguments, scope, out ExpressionValue[] items, out ExpressionValue unknown)) return unknown;
        LambdaNode lambda = LambdaOf(arguments[2]);
        ExpressionValue total = arguments[1].Evaluate(scope);
        for (int i = 0; i < items.Length; i++)
        {
            total = lambda.Invoke(scope, total, items[i], ExpressionValue.From(i));
        }

        return total;
    }

    /// <summary>A stable sort; the lambda says whether its first argument comes before its second.</summary>
    private static ExpressionValue Sort(ExpressionNode[] arguments, IExpressionScope scope)
    {
        if (!TryRead(arguments, scope, out ExpressionValue[] items, out ExpressionValue unknown)) return unknown;
        LambdaNode lambda = LambdaOf(arguments[1]);
        List<ExpressionValue> sorted = new(items.Length);
        foreach (ExpressionValue item in items)
        {
            int at = sorted.Count;
            while (at > 0)
            {
                ExpressionValue before = lambda.Invoke(scope, item, sorted[at - 1]);
                if (before.IsUnknown) return before;
                if (!before.Boolean || Ties(lambda, scope, sorted[at - 1], item)) break;
                at--;
            }

            sorted.Insert(at, item);
        }

        return Elements.ToArray(sorted);
    }

    // A lambda such as lessOrEquals says yes both ways for members that tie; those keep their order.
    private static bool Ties(LambdaNode lambda, IExpressionScope scope, ExpressionValue left, ExpressionValue right)
    {
        ExpressionValue before = lambda.Invoke(scope, left, right);
        return !before.IsUnknown && before.Boolean;
    }

    private static ExpressionValue ToObject(ExpressionNode[] arguments, IExpressionScope scope)
    {
        if (!TryRead(arguments, scope, out ExpressionValue[] items, out ExpressionValue unknown)) return unknown;
        LambdaNode key = LambdaOf(arguments[1]);
        LambdaNode? value = arguments.Length > 2 ? LambdaOf(arguments[2]) : null;
        MemberTable members = new();
        foreach (ExpressionValue item in items)
        {
            ExpressionValue name = key.Invoke(scope, item);
            if (name.IsUnknown) return name;
            members.Set(StringFunctions.ToText(name), value?.Invoke(scope, item) ?? item);
        }

        return members.ToObject();
    }

    private static ExpressionValue MapValues(ExpressionNode[] arguments, IExpressionScope scope)
    {
        ExpressionValue source = arguments[0].Evaluate(scope);
        if (source.IsUnknown) return source;
        LambdaNode lambda = LambdaOf(arguments[1]);
        MemberTable members = new();
        foreach (JsonProperty member in Elements.Members(source))
        {
            members.Set(member.Name, lambda.Invoke(scope, ExpressionValue.From(member.Value)));
        }

        return members.ToObject();
    }

    private static ExpressionValue GroupBy(ExpressionNode[] arguments, IExpressionScope scope)
    {
        if (!TryRead(arguments, scope, out ExpressionValue[] items, out ExpressionValue unknown)) return unknown;
        LambdaNode lambda = LambdaOf(arguments[1]);
        List<string> order = new();
        Dictionary<string, List<ExpressionValue>> groups = new(StringComparer.OrdinalIgnoreCase);
        foreach (ExpressionValue item in items)
        {
            ExpressionValue key = lambda.Invoke(scope, item);
            if (key.IsUnknown) return key;
            string name = StringFunctions.ToText(key);
            if (!groups.TryGetValue(name, out List<ExpressionValue>? group))
            {
                group = new List<ExpressionValue>();
                groups[name] = group;
                order.Add(name);
            }

            group.Add(item);
        }

        return Elements.ToObject(order.Select(name =>
            new KeyValuePair<string, ExpressionValue>(name, Elements.ToArray(groups[name]))));
    }

    private static bool TryRead(
        ExpressionNode[] arguments, IExpressionScope scope, out ExpressionValue[] items, out ExpressionValue unknown)
    {
        unknown = arguments[0].Evaluate(scope);
        items = unknown.IsUnknown ? [] : Elements.Of(unknown).ToArray();
        return !unknown.IsUnknown;
    }

    private static LambdaNode LambdaOf(ExpressionNode node) =>
        node as LambdaNode ?? throw new FunctionFailure("expected a lambda");
}
