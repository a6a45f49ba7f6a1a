using System.Globalization;
using System.Text;

namespace PgSecurity.Core.Reports.Html;

/// <summary>Text that anybody may have written, made plain for a page.</summary>
internal static class HtmlText
{
    /// <summary>
    /// The text for an element or a quoted attribute. Characters that do not show and change what others look like stand
    /// there by their numbers.
    /// </summary>
    public static string Encode(string text)
    {
        StringBuilder encoded = new(text.Length + 8);
        foreach (char character in Visible(text))
        {
            switch (character)
            {
                case '<': encoded.Append("&lt;"); break;
                case '>': encoded.Append("&gt;"); break;
                case '&': encoded.Append("&amp;"); break;
                case '"': encoded.Append("&quot;"); break;
                case '\'': encoded.Append("&#39;"); break;
                default: encoded.Append(character); break;
            }
        }

        return encoded.ToString();
    }

    /// <summary>The text with hidden characters written as <c>⟨U+202E⟩</c>; line breaks and tabs stay.</summary>
    public static string Visible(string text)
    {
        string sound = ReportJson.Sound(text);
        int first = FirstHidden(sound);
        if (first < 0) return sound;
        StringBuilder visible = new(sound.Length + 16);
        foreach (char character in sound)
        {
            if (IsHidden(character)) visible.AppendFormat(CultureInfo.InvariantCulture, "⟨U+{0:X4}⟩", (int)character);
            else visible.Append(character);
        }

        return visible.ToString();
    }

    private static int FirstHidden(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsHidden(text[i])) return i;
        }

        return -1;
    }

    private static bool IsHidden(char character) => character is not ('\n' or '\r' or '\t') && MarkdownEscape.IsHidden(character);
}
