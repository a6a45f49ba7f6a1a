using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Tests.Guides;

/// <summary>The pages for those who change the code name types and folders that there are.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Folders = ["src/", "tests/", "module/", "docs/"];

    [Theory]
    [InlineData("architecture.md")]
    [InlineData("control-format.md")]
    public void What_it_names_is_there(string page)
    {
        string[] names = Code().Matches(WithoutBlocks(File.ReadAllText(Repository.At("docs", page)))).Select(match => match.Groups[1].Value).Distinct().ToArray();
        HashSet<string> words = Words();
        string[] gone = names
            .Where(name => Folders.Any(folder => name.StartsWith(folder, StringComparison.Ordinal)) && !name.Contains('<', StringComparison.Ordinal)
                ? !File.Exists(Repository.At(name.Split('/'))) && !Directory.Exists(Repository.At(name.TrimEnd('/').Split('/')))
                : TypeName().IsMatch(name) && !words.Contains(name))
            .ToArray();
        Assert.Empty(gone);
    }

    private static string WithoutBlocks(string text) => Block().Replace(text, "");

    private static HashSet<string> Words() => new(
        new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Word().Matches(File.ReadAllText(path)).Select(match => match.Value)),
        StringComparer.Ordinal);

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z][a-z]+([A-Z][a-z]+)+$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
