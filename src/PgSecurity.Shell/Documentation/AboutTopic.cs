using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PgSecurity.Shell.Documentation;

/// <summary>An about_ page as the text file that <c>Get-Help</c> shows.</summary>
internal static class AboutTopic
{
    private const int Width = 78;
    private const string Indent = "    ";

    /// <summary>Writes the text of a page.</summary>
    /// <param name="markdown">The page: a heading with the topic's name, then sections.</param>
    /// <exception cref="HelpPageException">The page has no heading.</exception>
    public static string Text(string markdown)
    {
        MarkdownSection page = MarkdownSection.Parse(markdown).Children.FirstOrDefault()
            ?? throw new HelpPageException("An about_ page has no heading.");
        StringBuilder text = new();
        text.Append("TOPIC\n").Append(Indent).Append(page.Title).Append('\n');
        Append(text, page);
        return text.ToString();
    }

    private static void Append(StringBuilder text, MarkdownSection section)
    {
        AppendBody(text, section.Lines);
        foreach (MarkdownSection child in section.Children)
        {
            text.Append('\n').Append(child.Level <= 2 ? child.Title.ToUpperInvariant() : "  " + child.Title).Append('\n');
            Append(text, child);
        }
    }

    /// <summary>Paragraphs are wrapped; code and tables stay as they are, one level further in.</summary>
    private static void AppendBody(StringBuilder text, IReadOnlyList<string> lines)
    {
        List<string> prose = [];
        bool inCode = false;
        foreach (string line in lines)
        {
            bool isFence = line.StartsWith("```", StringComparison.Ordinal);
            if (isFence)
            {
                AppendProse(text, prose);
                inCode = !inCode;
                text.Append(inCode ? "\n" : "");
            }
            else if (inCode)
            {
                text.Append((Indent + Indent + line).TrimEnd()).Append('\n');
            }
            else
            {
                prose.Add(line);
            }
        }

        AppendProse(text, prose);
    }

    private static void AppendProse(StringBuilder text, List<string> prose)
    {
        string? previous = null;
        foreach (string paragraph in MarkdownText.Paragraphs(prose))
        {
            bool continuesList = previous is not null && IsTight(previous) && IsTight(paragraph);
            if (!continuesList) text.Append('\n');
            foreach (string line in MarkdownText.Wrap(paragraph, Width, Indent))
            {
                text.Append(line).Append('\n');
            }

            previous = paragraph;
        }

        prose.Clear();
    }

    private static bool IsTight(string paragraph) => paragraph.StartsWith("- ", StringComparison.Ordinal) || paragraph.StartsWith('|');
}
