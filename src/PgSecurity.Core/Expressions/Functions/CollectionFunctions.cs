using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions of arrays, and those that take text, arrays and objects alike.</summary>
internal static class CollectionFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("array", 1, 1, static (a, _) => a[0].Kind == ExpressionKind.Array ? a[0] : Elements.ToArray([a[0]]),
            UnknownArguments.MayBeMembers),
        new("createArray", 0, int.MaxValue, static (a, _) => Elements.ToArray(a.ToArray()), UnknownArguments.AreTaken),
        new("concat", 1, int.MaxValue, static (a, _) => Concat(a), UnknownArguments.MayBeMembers),
        new("contains", 2, 2, static (a, _) => Contains(a[0], a[1]), UnknownArguments.MayBeMembers),
        new("empty", 1, 1, static (a, _) => ExpressionValue.From(a[0].IsNull || Length(a[0]) == 0),
            UnknownArguments.MayBeMembers),
        new("length", 1, 1, static (a, _) => ExpressionValue.From(Length(a[0])), UnknownArguments.MayBeMembers),
        new("first", 1, 1, static (a, _) => At(a[0], 0), UnknownArguments.MayBeMembers),
        new("last", 1, 1, static (a, _) => At(a[0], Length(a[0]) - 1), UnknownArguments.MayBeMembers),
        new("skip", 2, 2, static (a, _) => Skip(a[0], a[1].Integer), UnknownArguments.MayBeMembers),
        new("take", 2, 2, static (a, _) => Take(a[0], a[1].Integer), UnknownArguments.MayBeMembers),
        new("indexOf", 2, 2, static (a, _) => IndexOf(a[0], a[1], last: false)),
        new("lastIndexOf", 2, 2, static (a, _) => IndexOf(a[0], a[1], last: true)),
        new("indexFromEnd", 2, 2, static (a, _) => FromEnd(a[0], a[1].Integer, orNull: false), UnknownArguments.MayBeMembers),
        new("tryIndexFromEnd", 2, 2, static (a, _) => FromEnd(a[0], a[1].Integer, orNull: true), UnknownArguments.MayBeMembers),
        new("union", 1, int.MaxValue, static (a, _) => Union(a), UnknownArguments.MayBeMembers),
        new("intersection", 1, int.MaxValue, static (a, _) => Intersection(a)),
        new("flatten", 1, 1, static (a, _) => Elements.ToArray(Elements.Of(a[0]).SelectMany(Elements.Of)),
            UnknownArguments.MayBeMembers),
        new("reverse", 1, 1, static (a, _) => Elements.ToArray(Elements.Of(a[0]).Reverse()), UnknownArguments.MayBeMembers),
        new("tryGet", 2, int.MaxValue, static (a, _) => TryGet(a), UnknownArguments.MayBeMembers),
    ];

    private static long Length(ExpressionValue value) => value.Kind switch
    {
        ExpressionKind.String => value.Text.Length,
        ExpressionKind.Array => value.Json.GetArrayLength(),
        ExpressionKind.Object => value.Json.EnumerateObject().Count(),
        _ => throw new FunctionFailure($"{value.KindInWords} has no length (expected a string, array or object)"),
    };

    private static ExpressionValue Concat(ReadOnlySpan<ExpressionValue> arguments)
    {
        List<ExpressionValue> members = new();
        List<string> texts = new();
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (argument.Kind == ExpressionKind.Array)
            {
                members.AddRange(Elements.Of(argument));
            }
            else if (argument.Kind == ExpressionKind.Object)
            {
                throw new FunctionFailure("an object is not joined (expected strings, or arrays; use union)");
            }
            else
            {
                texts.Add(StringFunctions.ToText(argument));
            }
        }

        bool arrays = arguments[0].Kind == ExpressionKind.Array;
        if (arrays ? texts.Count > 0 : texts.Count < arguments.Length)
        {
            throw new FunctionFailure("strings and arrays are not joined with each other");
        }

        return arrays ? Elements.ToArray(members) : StringFunctions.Limited(string.Concat(texts));
    }

    private static ExpressionValue Contains(ExpressionValue container, ExpressionValue item)
    {
        switch (container.Kind)
        {
            case ExpressionKind.String:
                return ExpressionValue.From(
                    container.Text.IndexOf(StringFunctions.ToText(item), StringComparison.Ordinal) >= 0);
            case ExpressionKind.Object:
                return ExpressionValue.From(JsonMembers.TryGet(container.Json, item.Text, out _));
            default:
                Truth found = Truth.False;
                foreach (ExpressionValue member in Elements.Of(container))
                {
                    found = found.Or(ValueEquality.Compare(member, item, StringComparison.Ordinal));
                }

                return found == Truth.Unknown
                    ? Unknown(container, item)
                    : ExpressionValue.From(found == Truth.True);
        }
    }

    private static ExpressionValue Unknown(params ExpressionValue[] values)
    {
        foreach (ExpressionValue value in values)
        {
            if (value.Kind is ExpressionKind.Array or ExpressionKind.Object
                && JsonMembers.FindMark(value.Json, out string reason))
            {
                return ExpressionValue.Unknown(reason);
            }
        }

        return ExpressionValue.Unknown("a member is not known");
    }

    private static ExpressionValue At(ExpressionValue value, long index)
    {
        if (value.Kind == ExpressionKind.String)
        {
            return ExpressionValue.From(value.Text.Length == 0 ? "" : value.Text.Substring((int)index, 1));
        }

        return value.Kind == ExpressionKind.Array
            ? index >= 0 && index < value.Json.GetArrayLength() ? ExpressionValue.From(value.Json[(int)index]) : default
            : throw new FunctionFailure($"{value.KindInWords} has no members in order (expected a string or array)");
    }

    private static ExpressionValue Skip(ExpressionValue value, long count)
    {
        int whole = (int)Math.Min(Math.Max(count, 0), int.MaxValue);
        if (value.Kind != ExpressionKind.String) return Elements.ToArray(Elements.Of(value).Skip(whole));
        string text = value.Text;
        return ExpressionValue.From(text.Substring(Math.Min(whole, text.Length)));
    }

    private static ExpressionValue Take(ExpressionValue value, long count)
    {
        int whole = (int)Math.Min(Math.Max(count, 0), int.MaxValue);
        if (value.Kind != ExpressionKind.String) return Elements.ToArray(Elements.Of(value).Take(whole));
        string text = value.Text;
        return ExpressionValue.From(text.Substring(0, Math.Min(whole, text.Length)));
    }

    private static ExpressionValue IndexOf(ExpressionValue value, ExpressionValue item, bool last)
    {
        if (value.Kind == ExpressionKind.String)
        {
            const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
            return ExpressionValue.From((long)(last
                ? value.Text.LastIndexOf(item.Text, AnyCase)
                : value.Text.IndexOf(item.Text, AnyCase)));
        }

        long found = -1;
        long index = 0;
        foreach (ExpressionValue member in Elements.Of(value))
        {
            if ((last || found < 0) && ValueEquality.Compare(member, item, StringComparison.Ordinal) == Truth.True)
            {
                found = index;
            }

            index++;
        }

        return ExpressionValue.From(found);
    }

    private static ExpressionValue FromEnd(ExpressionValue array, long fromEnd, bool orNull)
    {
        if (array.Kind != ExpressionKind.Array) throw new FunctionFailure($"expected an array, found {array.KindInWords}");
        int length = array.Json.GetArrayLength();
        if (fromEnd >= 1 && fromEnd <= length) return ExpressionValue.From(array.Json[(int)(length - fromEnd)]);
        return orNull ? ExpressionValue.Null : throw new FunctionFailure("the array has no member at that place");
    }

    private static ExpressionValue Union(ReadOnlySpan<ExpressionValue> arguments)
    {
        if (arguments[0].Kind == ExpressionKind.Object)
        {
            MemberTable members = new();
            foreach (ref readonly ExpressionValue argument in arguments)
            {
                members.Merge(argument, deep: true);
            }

            return members.ToObject();
        }

        List<ExpressionValue> all = new();
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            foreach (ExpressionValue item in Elements.Of(argument))
            {
                // An unknown member might be one of the others: how many there are cannot be told.
                if (item.IsUnknown) return item;
                AddDistinct(all, item);
            }
        }

        return Elements.ToArray(all);
    }

    private static void AddDistinct(List<ExpressionValue> all, ExpressionValue item)
    {
        foreach (ExpressionValue known in all)
        {
            if (ValueEquality.Compare(known, item, StringComparison.Ordinal) == Truth.True) return;
        }

        all.Add(item);
    }

    private static ExpressionValue Intersection(ReadOnlySpan<ExpressionValue> arguments)
    {
        ExpressionValue[] others = arguments.Slice(1).ToArray();
        if (arguments[0].Kind == ExpressionKind.Object)
        {
            MemberTable members = new();
            foreach (JsonProperty member in Elements.Members(arguments[0]))
            {
                ExpressionValue value = ExpressionValue.From(member.Value);
                if (others.All(other => HasMember(other, member.Name, value))) members.Set(member.Name, value);
            }

            return members.ToObject();
        }

        List<ExpressionValue> common = new();
        foreach (ExpressionValue item in Elements.Of(arguments[0]))
        {
            if (others.All(other => Elements.Of(other).Any(candidate => Same(candidate, item)))) AddDistinct(common, item);
        }

        return Elements.ToArray(common);
    }

    private static bool HasMember(ExpressionValue container, string name, ExpressionValue value) =>
        container.Kind == ExpressionKind.Object
            ? JsonMembers.TryGet(container.Json, name, out JsonElement found) && Same(ExpressionValue.From(found), value)
            : throw new FunctionFailure($"expected an object, found {container.KindInWords}");

    private static bool Same(ExpressionValue left, ExpressionValue right) =>
        ValueEquality.Compare(left, right, StringComparison.Ordinal) == Truth.True;

    /// <summary>The member at the end of a path, or null where there is none.</summary>
    private static ExpressionValue TryGet(ReadOnlySpan<ExpressionValue> arguments)
    {
        ExpressionValue value = arguments[0];
        for (int i = 1; i < arguments.Length && !value.IsUnknown; i++)
        {
            if (value.IsNull || !MemberNode.TryGet(value, arguments[i], out value)) return ExpressionValue.Null;
        }

        return value;
    }
}
