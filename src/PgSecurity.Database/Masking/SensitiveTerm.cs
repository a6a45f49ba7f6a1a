using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>A term of the dictionary: one word or several, held against the words of a name.</summary>
internal sealed class SensitiveTerm
{
    /// <summary>Below this length a term inside a longer word is chance: <c>pan</c> in <c>company</c>, <c>ras</c> in <c>erased</c>.</summary>
    private const int LeastInside = 5;

    private readonly IReadOnlyList<string> _words;
    private readonly string _joined;

    public SensitiveTerm(SensitiveCategory category, string term)
    {
        Category = category;
        Text = term;
        _words = NameWords.Of(term);
        _joined = string.Concat(_words);
    }

    public SensitiveCategory Category { get; }

    public string Text { get; }

    public int Length => _joined.Length;

    /// <summary>High: the words of the term are words of the name. Medium: its letters are inside. Null: neither.</summary>
    public MatchConfidence? In(IReadOnlyList<string> name, string joinedName)
    {
        if (HasWords(name) || joinedName == _joined) return MatchConfidence.High;
        if (HasUncased(_joined)) return joinedName.IndexOf(_joined, StringComparison.Ordinal) >= 0 ? MatchConfidence.High : null;
        if (_joined.Length < LeastInside) return null;
        return name.Any(word => word.IndexOf(_joined, StringComparison.Ordinal) >= 0)
            || (_words.Count > 1 && joinedName.IndexOf(_joined, StringComparison.Ordinal) >= 0)
            ? MatchConfidence.Medium
            : null;
    }

    private bool HasWords(IReadOnlyList<string> name)
    {
        for (int start = 0; start + _words.Count <= name.Count; start++)
        {
            int at = start;
            if (_words.All(word => IsSame(name[at++], word))) return true;
        }

        return false;
    }

    /// <summary>A word, or its plural.</summary>
    private static bool IsSame(string word, string term) =>
        word == term || (word.Length == term.Length + 1 && word[word.Length - 1] == 's' && word.StartsWith(term, StringComparison.Ordinal));

    /// <summary>Scripts without capitals and mostly without spaces, in which a word is found inside others.</summary>
    private static bool HasUncased(string text) => text.Any(letter => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter);
}
