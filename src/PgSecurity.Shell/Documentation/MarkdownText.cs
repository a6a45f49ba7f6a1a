using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace PgSecurity.Shell.Documentation;

/// <summary>Markdown as the plain text that a console shows.</summary>
internal static partial class MarkdownText
{
    /// <summary>The paragraphs of some lines, code blocks left out, each plain and on one line; list items are their own.</summary>
    public static IReadOnlyList<string> Paragraphs(IEnumerable<string> lines)
    {
        List<string> paragraphs = [];
        StringBuilder paragraph = new();
        bool inCode = false;
        foreach (string line in lines)
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            if (isFence) inCode = !inCode;
            bool startsAnew = string.IsNullOrWhiteSpace(line) || isFence || IsListItem(line) || line.StartsWith('|');
            if (startsAnew) Flush(paragraph, paragraphs);
            if (!inCode && !isFence && !string.IsNullOrWhiteSpace(line)) Append(paragraph, line);
        }

        Flush(paragraph, paragraphs);
        return paragraphs;
    }

    /// <summary>A line without marks: code spans, emphasis, and links as their text.</summary>
    public static string Plain(string markdown)
    {
        string text = Link().Replace(markdown, "$1");
        text = Emphasis().Replace(text, "$2");
        return text.Replace("`", "", StringComparison.Ordinal);
    }

    /// <summary>Breaks a paragraph into lines of at most a width; what follows the first is indented as a list item's text is.</summary>
    public static IEnumerable<string> Wrap(string paragraph, int width, string indent)
    {
        string hanging = indent + (IsListItem(paragraph) ? "  " : "");
        StringBuilder line = new(indent);
        bool isEmpty = true;
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(hanging);
                isEmpty = true;
            }

            if (!isEmpty) line.Append(' ');
            line.Append(word);
            isEmpty = false;
        }

        yield return line.ToString();
    }

    private static bool IsListItem(string line) =>
        line.StartsWith("- ", StringComparison.Ordinal) || NumberedItem().IsMatch(line);

    private static void Append(StringBuilder paragraph, string line)
    {
        if (paragraph.Length > 0) paragraph.Append(' ');
        paragraph.Append(line.Trim());
    }

    private static void Flush(StringBuilder paragraph, List<string> paragraphs)
    {
        if (paragraph.Length > 0) paragraphs.Add(Plain(paragraph.ToString()));
        paragraph.Clear();
    }

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(\*\*|(?<![\w*])\*(?=\S))(.+?)\1")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex NumberedItem();
}
