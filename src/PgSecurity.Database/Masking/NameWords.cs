using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PgSecurity.Database.Masking;

/// <summary>
/// The words of a name, whatever its style: <c>first_name</c>, <c>FirstName</c>, <c>Prénom2</c>. Lower case, without
/// accents. A run of letters that have no case (Han, kana, Hangul) is one word.
/// </summary>
internal static class NameWords
{
    public static IReadOnlyList<string> Of(string name)
    {
        List<string> words = new();
        StringBuilder word = new();
        string text = name.Normalize(NormalizationForm.FormC);
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (!char.IsLetterOrDigit(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.ModifierLetter))
            {
                End(words, word);
                continue;
            }

            if (i > 0 && word.Length > 0 && IsSeam(text[i - 1], letter, i + 1 < text.Length ? text[i + 1] : ' ')) End(words, word);
            word.Append(letter);
        }

        End(words, word);
        return words;
    }

    /// <summary>A text in lower case, without accents.</summary>
    public static string Plain(string text)
    {
        StringBuilder plain = new();
        foreach (char letter in text.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (LetterPair(letter) is { } pair) plain.Append(pair);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark || IsKana(letter)) plain.Append(letter);
        }

        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Letters that do not come apart into a plain one and its accent.</summary>
    private static string? LetterPair(char letter) => letter switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        _ => null,
    };

    /// <summary>The marks that turn one kana into another are no accents.</summary>
    private static bool IsKana(char letter) => letter is '\u3099' or '\u309A';

    private static bool IsSeam(char before, char letter, char after) =>
        (char.IsLower(before) && char.IsUpper(letter))
        || (char.IsUpper(before) && char.IsUpper(letter) && char.IsLower(after))
        || (char.IsLetter(before) && char.IsDigit(letter) && char.IsLetter(after))
        || (char.IsDigit(before) && char.IsLetter(letter))
        || (IsAscii(before) != IsAscii(letter) && (IsUncased(before) || IsUncased(letter)));

    private static bool IsAscii(char letter) => letter < 128;

    private static bool IsUncased(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.OtherLetter;

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length > 0) words.Add(Plain(word.ToString()));
        word.Clear();
    }
}
