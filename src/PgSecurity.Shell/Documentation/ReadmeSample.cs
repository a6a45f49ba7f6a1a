using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace PgSecurity.Shell.Documentation;

/// <summary>What the README shows of the audit of the sample estate: what is printed, cut short.</summary>
internal static partial class ReadmeSample
{
    private const string Begin = "```text\n";
    private const string End = "\n```";
    private const string Worst = "The worst of ";
    private const int LinesOfWorst = 8;

    /// <summary>The README with the audit of today in its first block of text.</summary>
    /// <param name="readme">The README.</param>
    /// <param name="printed">What the audit prints, 80 columns wide.</param>
    /// <exception cref="HelpPageException">The README has no such block.</exception>
    public static string In(string readme, string printed)
    {
        int begin = readme.IndexOf(Begin, StringComparison.Ordinal);
        int end = begin < 0 ? -1 : readme.IndexOf(End, begin, StringComparison.Ordinal);
        if (end < 0) throw new HelpPageException("The README has no block of text for the audit of the sample estate.");
        return readme[..(begin + Begin.Length)] + Shortened(printed) + readme[end..];
    }

    private static string Shortened(string printed)
    {
        List<string> lines = Colour().Replace(printed, "").ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()).ToList();
        int worst = lines.FindIndex(line => line.StartsWith(Worst, StringComparison.Ordinal));
        IEnumerable<string> kept = worst < 0 ? lines : lines.Take(worst + 2 + LinesOfWorst);
        return string.Join('\n', WithoutRuns(kept)) + "\n…";
    }

    /// <summary>One empty line where there are several, and none at the ends.</summary>
    private static IEnumerable<string> WithoutRuns(IEnumerable<string> lines)
    {
        string previous = "";
        foreach (string line in lines)
        {
            if (line.Length > 0 || previous.Length > 0) yield return line;
            previous = line;
        }
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
