using System;

namespace PgSecurity.Core;

/// <summary>Patterns with <c>*</c> (any text) and <c>?</c> (one character), without regard to case.</summary>
public static class Wildcard
{
    private static readonly char[] Stars = { '*', '?' };

    /// <summary>Whether a text has such characters at all.</summary>
    public static bool IsPattern(string text) => text.IndexOfAny(Stars) >= 0;

    /// <summary>
    /// Whether the whole of a text matches. Only the last star is ever taken up again, so that the time is at most the
    /// product of both lengths, whatever the pattern.
    /// </summary>
    public static bool Matches(string text, string pattern)
    {
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                resume = at;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || Same(pattern[next], text[at])))
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (next < pattern.Length && pattern[next] == '*')
        {
            next++;
        }

        return next == pattern.Length;
    }

    private static bool Same(char left, char right) =>
        left == right || char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
