using System;
using System.Globalization;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// <c>less</c> and its siblings: numbers by value, dates of ISO 8601 by time, other strings without regard to case (by
/// code point, where Azure Policy takes the invariant culture: no table of a runtime may change a verdict). Where one side is a number, a string on the other is read as one. What cannot be
/// compared is an error there, and so gets no verdict here.
/// </summary>
internal sealed class OrderTest : ValueTest
{
    private readonly ExpressionValue _right;
    private readonly Func<int, bool> _holds;
    private readonly double? _number;
    private readonly DateTimeOffset? _time;

    public OrderTest(ExpressionValue right, Func<int, bool> holds)
    {
        _right = right;
        _holds = holds;
        _number = right.IsNumber ? right.Number : EqualityTest.ParseNumber(right.Text);
        _time = right.Kind == ExpressionKind.String ? ParseTime(right.Text) : null;
    }

    public override string Mismatch(in ExpressionValue value) => value.Kind == ExpressionKind.String && _right.IsNumber
        ? "the value is a text that does not spell a number"
        : $"{value.KindInWords} has no order with {_right.KindInWords}";

    protected override Truth OfText(string text)
    {
        if (_right.IsNumber)
        {
            return EqualityTest.ParseNumber(text) is { } number ? Verdict(number.CompareTo(_number!.Value)) : Truth.Unknown;
        }

        if (_time is { } right && ParseTime(text) is { } left) return Verdict(left.CompareTo(right));
        return Verdict(string.Compare(text, _right.Text, StringComparison.OrdinalIgnoreCase));
    }

    protected override Truth OfOther(in ExpressionValue value)
    {
        if (!value.IsNumber || _number is null) return Truth.Unknown;
        return Verdict(value.Kind == ExpressionKind.Integer && _right.Kind == ExpressionKind.Integer
            ? value.Integer.CompareTo(_right.Integer)
            : value.Number.CompareTo(_number.Value));
    }

    private static DateTimeOffset? ParseTime(string text) =>
        text.Length >= 10
        && text[4] == '-'
        && text[7] == '-'
        && char.IsDigit(text[0])
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
            ? time
            : null;

    private Truth Verdict(int order) => _holds(order).ToTruth();
}
