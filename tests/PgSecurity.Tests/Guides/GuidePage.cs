using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Tests.Guides;

/// <summary>A guide: its fenced blocks in their order.</summary>
internal sealed class GuidePage
{
    private const string Fence = "```";

    private GuidePage(IReadOnlyList<GuideBlock> blocks) => Blocks = blocks;

    /// <summary>The blocks.</summary>
    public IReadOnlyList<GuideBlock> Blocks { get; }

    /// <summary>The blocks of a language.</summary>
    public IEnumerable<string> Of(string language) => Blocks.Where(block => block.Language == language).Select(block => block.Text);

    /// <summary>The names of all guides and about_ topics.</summary>
    public static IEnumerable<string> Names() =>
        Directory.GetFiles(Repository.At("docs", "guides"), "*.md").Concat(Directory.GetFiles(Repository.At("docs", "en-US"), "about_*.md"))
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>The file of a guide or topic.</summary>
    public static string PathOf(string name) => Repository.At("docs", name.StartsWith("about_", StringComparison.Ordinal) ? "en-US" : "guides", name);

    /// <summary>Reads a guide.</summary>
    public static GuidePage Read(string name) => Parse(File.ReadAllLines(PathOf(name)));

    /// <summary>Reads the lines of a page.</summary>
    public static GuidePage Parse(IEnumerable<string> lines)
    {
        List<GuideBlock> blocks = [];
        List<string>? open = null;
        string language = "";
        foreach (string line in lines)
        {
            bool isFence = line.StartsWith(Fence, StringComparison.Ordinal);
            if (isFence && open is null)
            {
                language = line[Fence.Length..].Trim();
                open = [];
            }
            else if (isFence)
            {
                blocks.Add(new GuideBlock(language, string.Join('\n', open!)));
                open = null;
            }
            else
            {
                open?.Add(line);
            }
        }

        return open is null ? new GuidePage(blocks) : throw new FormatException("A block has no end.");
    }
}

/// <summary>A fenced block.</summary>
internal sealed record GuideBlock(string Language, string Text);
