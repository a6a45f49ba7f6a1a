using System;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;

namespace PgSecurity.Core.Policy;

/// <summary><c>contains</c>: a part of a text without regard to case, or a member of an array.</summary>
internal sealed class ContainsTest(ExpressionValue right) : ValueTest
{
    private readonly string _part = StringFunctions.ToText(right);
    private readonly EqualityTest _member = new(right, ignoresSpaces: false);

    public override string Mismatch(in ExpressionValue value) => value.Kind == ExpressionKind.Array
        ? "a member of the list is not known"
        : $"{value.KindInWords} contains nothing (expected a string or array)";

    protected override Truth OfText(string text) =>
        (text.IndexOf(_part, StringComparison.OrdinalIgnoreCase) >= 0).ToTruth();

    protected override Truth OfOther(in ExpressionValue value)
    {
        if (value.Kind == ExpressionKind.Object) return Truth.Unknown;
        if (value.Kind != ExpressionKind.Array) return OfText(value.ToString());

        Truth found = Truth.False;
        foreach (System.Text.Json.JsonElement item in value.Json.EnumerateArray())
        {
            found = found.Or(_member.Of(ExpressionValue.From(item)));
        }

        return found;
    }
}
