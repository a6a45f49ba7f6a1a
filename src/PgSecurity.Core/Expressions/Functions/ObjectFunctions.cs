using System;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions of objects.</summary>
internal static class ObjectFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("createObject", 0, int.MaxValue, static (a, _) => CreateObject(a), UnknownArguments.AreTaken),
        new("json", 1, 1, static (a, _) => ExpressionValue.From(JsonBuilder.Parse(a[0].Text))),
        new("items", 1, 1, static (a, _) => Items(a[0]), UnknownArguments.MayBeMembers),
        new("objectKeys", 1, 1, static (a, _) =>
            Elements.ToArray(Elements.Members(a[0]).Select(member => ExpressionValue.From(member.Name))),
            UnknownArguments.MayBeMembers),
        new("shallowMerge", 1, 1, static (a, _) => ShallowMerge(a[0]), UnknownArguments.MayBeMembers),
    ];

    private static ExpressionValue CreateObject(ReadOnlySpan<ExpressionValue> arguments)
    {
        if (arguments.Length % 2 != 0) throw new FunctionFailure("a name has no value (expected name, value, name, value, …)");
        MemberTable members = new();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (arguments[i].IsUnknown) return arguments[i];
            members.Set(arguments[i].Text, arguments[i + 1]);
        }

        return members.ToObject();
    }

    /// <summary>The members as <c>{ key, value }</c>, ordered by key.</summary>
    private static ExpressionValue Items(ExpressionValue value) => Elements.ToArray(
        Elements.Members(value)
            .OrderBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
            .Select(member => Item(member)));

    private static ExpressionValue Item(JsonProperty member)
    {
        MemberTable item = new();
        item.Set("key", ExpressionValue.From(member.Name));
        item.Set("value", ExpressionValue.From(member.Value));
        return item.ToObject();
    }

    private static ExpressionValue ShallowMerge(ExpressionValue objects)
    {
        MemberTable members = new();
        foreach (ExpressionValue item in Elements.Of(objects))
        {
            if (item.IsUnknown) return item;
            members.Merge(item, deep: false);
        }

        return members.ToObject();
    }
}
