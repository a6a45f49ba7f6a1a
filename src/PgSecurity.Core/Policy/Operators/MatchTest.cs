using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// <c>match</c>: as long as the pattern, in which <c>#</c> stands for a digit, <c>?</c> for a letter, <c>.</c> for any
/// character, and every other character for itself.
/// </summary>
internal sealed class MatchTest(string pattern, bool ignoresCase) : ValueTest
{
    protected override Truth OfText(string text)
    {
        if (text.Length != pattern.Length) return Truth.False;
        for (int i = 0; i < text.Length; i++)
        {
            if (!Matches(text[i], pattern[i])) return Truth.False;
        }

        return Truth.True;
    }

    protected override Truth OfOther(in ExpressionValue value) =>
        value.Kind is ExpressionKind.Array or ExpressionKind.Object ? Truth.False : OfText(value.ToString());

    private bool Matches(char c, char wanted) => wanted switch
    {
        '#' => char.IsDigit(c),
        '?' => char.IsLetter(c),
        '.' => true,
        _ => ignoresCase ? char.ToUpperInvariant(c) == char.ToUpperInvariant(wanted) : c == wanted,
    };
}
