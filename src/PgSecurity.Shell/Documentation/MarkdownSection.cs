using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Shell.Documentation;

/// <summary>A heading of a page with the lines below it, up to the next heading of its level or above.</summary>
internal sealed class MarkdownSection
{
    private readonly List<string> _lines = [];
    private readonly List<MarkdownSection> _children = [];

    private MarkdownSection(int level, string title)
    {
        Level = level;
        Title = title;
    }

    /// <summary>The number of marks of its heading; 0 for the page.</summary>
    public int Level { get; }

    /// <summary>The heading's text.</summary>
    public string Title { get; }

    /// <summary>The sections directly below.</summary>
    public IReadOnlyList<MarkdownSection> Children => _children;

    /// <summary>The lines before the first section below it.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Reads a page.</summary>
    public static MarkdownSection Parse(string markdown)
    {
        MarkdownSection page = new(0, "");
        Stack<MarkdownSection> open = new([page]);
        bool inCode = false;
        foreach (string line in markdown.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inCode = !inCode;
            int level = inCode ? 0 : HeadingLevel(line);
            if (level == 0)
            {
                open.Peek()._lines.Add(line);
                continue;
            }

            while (open.Peek().Level >= level)
            {
                open.Pop();
            }

            MarkdownSection section = new(level, line[(level + 1)..].Trim());
            open.Peek()._children.Add(section);
            open.Push(section);
        }

        return page;
    }

    /// <summary>The section directly below with a title (case-insensitive), or null.</summary>
    public MarkdownSection? Find(string title) =>
        _children.FirstOrDefault(child => string.Equals(child.Title, title, StringComparison.OrdinalIgnoreCase));

    /// <summary>The paragraphs, each as one line but for lists and code, whose lines stay.</summary>
    public IReadOnlyList<string> Paragraphs() => MarkdownText.Paragraphs(_lines);

    /// <summary>The text of the first code block, or null.</summary>
    public string? Code()
    {
        string[] code = _lines
            .SkipWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("```", StringComparison.Ordinal)).ToArray();
        return code.Length == 0 ? null : string.Join("\n", code);
    }

    private static int HeadingLevel(string line)
    {
        int level = line.TakeWhile(character => character == '#').Count();
        return level > 0 && line.Length > level && line[level] == ' ' ? level : 0;
    }
}
