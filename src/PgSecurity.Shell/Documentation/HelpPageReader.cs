using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace PgSecurity.Shell.Documentation;

/// <summary>Reads the page of a cmdlet. A section that lacks is an error: half a help is none.</summary>
internal static partial class HelpPageReader
{
    /// <summary>Reads a page from a file named after the cmdlet.</summary>
    /// <exception cref="HelpPageException">A section lacks or is empty.</exception>
    public static HelpPage ReadFile(string path) => Read(File.ReadAllText(path), Path.GetFileNameWithoutExtension(path));

    /// <summary>Reads a page.</summary>
    /// <exception cref="HelpPageException">A section lacks or is empty.</exception>
    public static HelpPage Read(string markdown, string name)
    {
        MarkdownSection page = MarkdownSection.Parse(markdown).Children.FirstOrDefault()
            ?? throw new HelpPageException($"{name}: the page has no heading.");
        if (page.Title != name) throw new HelpPageException($"{name}: the page's heading is '{page.Title}'.");

        return new HelpPage
        {
            Name = name,
            Synopsis = string.Join(" ", Text(page, "SYNOPSIS")),
            Description = Text(page, "DESCRIPTION"),
            Examples = Section(page, "EXAMPLES").Children.Select(example => Example(name, example)).ToList(),
            Parameters = ParametersOf(page),
            Inputs = TypesOf(page, "INPUTS"),
            Outputs = TypesOf(page, "OUTPUTS"),
            Notes = page.Find("NOTES")?.Paragraphs() ?? [],
            Links = LinksOf(page),
        };
    }

    private static MarkdownSection Section(MarkdownSection page, string title) =>
        page.Find(title) ?? throw new HelpPageException($"{page.Title}: the page has no section '{title}'.");

    private static IReadOnlyList<string> Text(MarkdownSection page, string title)
    {
        IReadOnlyList<string> paragraphs = Section(page, title).Paragraphs();
        return paragraphs.Count > 0 ? paragraphs : throw new HelpPageException($"{page.Title}: the section '{title}' is empty.");
    }

    private static HelpExample Example(string name, MarkdownSection example) =>
        new(
            example.Title,
            example.Code() ?? throw new HelpPageException($"{name}: '{example.Title}' has no code."),
            example.Paragraphs());

    private static Dictionary<string, IReadOnlyList<string>> ParametersOf(MarkdownSection page)
    {
        Dictionary<string, IReadOnlyList<string>> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (MarkdownSection parameter in Section(page, "PARAMETERS").Children)
        {
            IReadOnlyList<string> text = parameter.Paragraphs();
            if (text.Count == 0) throw new HelpPageException($"{page.Title}: nothing is said of {parameter.Title}.");
            parameters.Add(parameter.Title.TrimStart('-'), text);
        }

        return parameters;
    }

    private static List<HelpType> TypesOf(MarkdownSection page, string title) =>
        Section(page, title).Children.Select(type => new HelpType(type.Title, type.Paragraphs())).ToList();

    private static List<HelpLink> LinksOf(MarkdownSection page) =>
        (page.Find("RELATED LINKS")?.Lines ?? [])
            .Select(line => Link().Match(line))
            .Where(match => match.Success)
            .Select(match => new HelpLink(MarkdownText.Plain(match.Groups["text"].Value), match.Groups["address"].Value))
            .ToList();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<address>[^)]+)\)")]
    private static partial Regex Link();
}
