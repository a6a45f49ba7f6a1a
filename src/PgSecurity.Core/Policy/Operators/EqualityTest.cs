using System;
using System.Globalization;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Equality as policy has it: without regard to case; a boolean or number equals the string that spells it; a location
/// equals its name with spaces.
/// </summary>
internal sealed class EqualityTest : ValueTest
{
    private readonly ExpressionValue _right;
    private readonly string _text = "";
    private readonly double? _number;
    private readonly bool? _boolean;
    private readonly bool _ignoresSpaces;

    public EqualityTest(ExpressionValue right, bool ignoresSpaces)
    {
        _right = right;
        _ignoresSpaces = ignoresSpaces;
        switch (right.Kind)
        {
            case ExpressionKind.String:
                _text = Spaced(right.Text);
                _number = ParseNumber(_text);
                _boolean = bool.TryParse(_text, out bool parsed) ? parsed : null;
                break;
            case ExpressionKind.Boolean:
                _boolean = right.Boolean;
                break;
            case ExpressionKind.Integer or ExpressionKind.Float:
                _number = right.Number;
                break;
        }
    }

    protected override Truth OfText(string text) => _right.Kind switch
    {
        ExpressionKind.String => string.Equals(Spaced(text), _text, StringComparison.OrdinalIgnoreCase).ToTruth(),
        ExpressionKind.Boolean => (bool.TryParse(text, out bool boolean) && boolean == _boolean).ToTruth(),
        ExpressionKind.Integer or ExpressionKind.Float => (ParseNumber(text) is { } number && number.Equals(_number)).ToTruth(),
        _ => Truth.False,
    };

    protected override Truth OfOther(in ExpressionValue value)
    {
        switch (value.Kind)
        {
            case ExpressionKind.Boolean:
                return (value.Boolean == _boolean).ToTruth();
            case ExpressionKind.Integer when _right.Kind == ExpressionKind.Integer:
                return (value.Integer == _right.Integer).ToTruth();
            case ExpressionKind.Integer or ExpressionKind.Float:
                return (_number is { } number && value.Number.Equals(number)).ToTruth();
            default:
                return ValueEquality.Compare(value, _right, StringComparison.OrdinalIgnoreCase);
        }
    }

    public override string Mismatch(in ExpressionValue value) => "a part of the value is not known";

    /// <summary>The number that a text spells, or null.</summary>
    internal static double? ParseNumber(string text) =>
        text.Length is > 0 and < 40
        && double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out double number)
        && !double.IsInfinity(number)
            ? number
            : null;

    private string Spaced(string text) => _ignoresSpaces ? string.Concat(text.Split(' ')) : text;
}
