using System;
using System.Text.Json;

namespace PgSecurity.Core.Expressions;

/// <summary>Whether two values are equal, in three values: a part that is marked unknown leaves it open.</summary>
internal static class ValueEquality
{
    /// <summary>Compares two values of any kind; numbers by value, names of members without regard to case.</summary>
    public static Truth Compare(ExpressionValue left, ExpressionValue right, StringComparison texts)
    {
        if (left.IsUnknown || right.IsUnknown) return Truth.Unknown;
        if (left.IsNumber && right.IsNumber) return SameNumber(left, right).ToTruth();
        if (left.Kind != right.Kind) return Truth.False;
        return left.Kind switch
        {
            ExpressionKind.Null => Truth.True,
            ExpressionKind.Boolean => (left.Boolean == right.Boolean).ToTruth(),
            ExpressionKind.String => string.Equals(left.Text, right.Text, texts).ToTruth(),
            ExpressionKind.Array => CompareArrays(left.Json, right.Json, texts),
            _ => CompareObjects(left.Json, right.Json, texts),
        };
    }

    private static bool SameNumber(ExpressionValue left, ExpressionValue right) =>
        left.Kind == ExpressionKind.Integer && right.Kind == ExpressionKind.Integer
            ? left.Integer == right.Integer
            : left.Number.Equals(right.Number);

    private static Truth CompareArrays(JsonElement left, JsonElement right, StringComparison texts)
    {
        int length = left.GetArrayLength();
        if (length != right.GetArrayLength()) return Truth.False;

        Truth same = Truth.True;
        JsonElement.ArrayEnumerator other = right.EnumerateArray();
        foreach (JsonElement item in left.EnumerateArray())
        {
            other.MoveNext();
            same = same.And(Compare(ExpressionValue.From(item), ExpressionValue.From(other.Current), texts));
            if (same == Truth.False) return same;
        }

        return same;
    }

    private static Truth CompareObjects(JsonElement left, JsonElement right, StringComparison texts)
    {
        int members = 0;
        Truth same = Truth.True;
        foreach (JsonProperty member in left.EnumerateObject())
        {
            members++;
            if (!JsonMembers.TryGet(right, member.Name, out JsonElement other)) return Truth.False;
            same = same.And(Compare(ExpressionValue.From(member.Value), ExpressionValue.From(other), texts));
            if (same == Truth.False) return same;
        }

        foreach (JsonProperty _ in right.EnumerateObject())
        {
            members--;
        }

        return members == 0 ? same : Truth.False;
    }
}
