using System.Globalization;
using System.Text;

namespace PgSecurity.Core.Reports;

/// <summary>Makes text that anybody may have written plain in Markdown: no markup, link, mention, HTML or direction.</summary>
internal static class MarkdownEscape
{
    /// <summary>The text on one line.</summary>
    public static string Line(string text)
    {
        StringBuilder line = new(text.Length + 8);
        foreach (char character in ReportJson.Sound(text))
        {
            switch (character)
            {
                case '\r' or '\n' or '\t' or '\u2028' or '\u2029':
                    line.Append(' ');
                    break;
                case '<':
                    line.Append("&lt;");
                    break;
                case '>':
                    line.Append("&gt;");
                    break;
                case '&':
                    line.Append("&amp;");
                    break;
                case '@' or '#':
                    // Mentions and references are found in the rendered page; a comment in between breaks them.
                    line.Append(character).Append("<!-- -->");
                    break;
                case '.' when EndsWith(line, "www"):
                    line.Append("<!-- -->.");
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '!':
                    line.Append('\\').Append(character);
                    break;
                case ':' when line.Length > 3 && EndsWithScheme(line):
                    line.Append("&#58;");
                    break;
                default:
                    if (IsHidden(character)) line.AppendFormat(CultureInfo.InvariantCulture, "(U+{0:X4})", (int)character);
                    else line.Append(character);
                    break;
            }
        }

        return line.ToString();
    }

    /// <summary>Characters that do not show and change what others look like: control, direction, zero width.</summary>
    public static bool IsHidden(char character) =>
        char.IsControl(character)
        || character is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2069') or '\uFEFF' or '\u061C';

    private static bool EndsWith(StringBuilder line, string word) =>
        line.Length >= word.Length && string.Equals(line.ToString(line.Length - word.Length, word.Length), word, System.StringComparison.OrdinalIgnoreCase);

    /// <summary>An address in the text would become a link by itself.</summary>
    private static bool EndsWithScheme(StringBuilder line)
    {
        string end = line.ToString(System.Math.Max(0, line.Length - 6), System.Math.Min(6, line.Length)).ToLowerInvariant();
        return end.EndsWith("http", System.StringComparison.Ordinal) || end.EndsWith("https", System.StringComparison.Ordinal)
            || end.EndsWith("ftp", System.StringComparison.Ordinal) || end.EndsWith("mailto", System.StringComparison.Ordinal);
    }
}
