using System;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary><c>like</c>: equal, without regard to case, where at most one <c>*</c> stands for any text.</summary>
internal sealed class LikeTest : ValueTest
{
    private readonly string _start;
    private readonly string? _end;
    private readonly bool _ignoresSpaces;

    public LikeTest(string pattern, bool ignoresSpaces)
    {
        _ignoresSpaces = ignoresSpaces;
        pattern = Spaced(pattern);
        int star = pattern.IndexOf("*", StringComparison.Ordinal);
        if (star != pattern.LastIndexOf("*", StringComparison.Ordinal))
        {
            throw new OperandException("the pattern has more than one '*'; expected a string with at most one");
        }

        _start = star < 0 ? pattern : pattern.Substring(0, star);
        _end = star < 0 ? null : pattern.Substring(star + 1);
    }

    protected override Truth OfText(string text)
    {
        text = Spaced(text);
        if (_end is null) return string.Equals(text, _start, StringComparison.OrdinalIgnoreCase).ToTruth();
        return (text.Length >= _start.Length + _end.Length
            && text.StartsWith(_start, StringComparison.OrdinalIgnoreCase)
            && text.EndsWith(_end, StringComparison.OrdinalIgnoreCase)).ToTruth();
    }

    protected override Truth OfOther(in ExpressionValue value) =>
        value.Kind is ExpressionKind.Array or ExpressionKind.Object ? Truth.False : OfText(value.ToString());

    private string Spaced(string text) => _ignoresSpaces ? string.Concat(text.Split(' ')) : text;
}
