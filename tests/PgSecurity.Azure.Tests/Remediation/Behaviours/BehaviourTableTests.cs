using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>The table in docs/reliability.md and the tests are in step: each row has its test, or says why it has none.</summary>
public sealed class BehaviourTableTests
{
    private const int Rows = 59;

    [Fact]
    public void Every_row_has_its_test_or_says_why_not()
    {
        List<string[]> rows = Table()
            .Where(line => Regex.IsMatch(line, @"^\| \d+ \|"))
            .Select(line => line.Trim('|', ' ').Split('|').Select(cell => cell.Trim()).ToArray())
            .ToList();
        Assert.Equal(Enumerable.Range(1, Rows), rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));

        Dictionary<string, int> tests = Tests().ToDictionary(test => test.Name, test => test.Row, StringComparer.Ordinal);
        foreach (string[] row in rows)
        {
            Assert.All(row.Skip(1), cell => Assert.NotEmpty(cell));
            if (row[3].StartsWith("Not shown: ", StringComparison.Ordinal)) continue;
            Assert.True(tests.TryGetValue(row[3].Trim('`'), out int own), $"Row {row[0]}: there is no test {row[3]}.");
            Assert.True(own.ToString(CultureInfo.InvariantCulture) == row[0], $"Row {row[0]}: {row[3]} is the test of row {own}.");
        }
    }

    [Fact]
    public void Every_test_is_of_a_row_that_names_one()
    {
        HashSet<int> shown = Table()
            .Select(line => Regex.Match(line, @"^\| (\d+) \|.*\| `[A-Za-z_.]+` \|$"))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToHashSet();
        Assert.All(Tests(), test => Assert.Contains(test.Row, shown));
    }

    /// <summary>The lines of the section that has the table.</summary>
    private static IEnumerable<string> Table() => File.ReadLines(Repository.In("docs", "reliability.md"))
        .SkipWhile(line => line != "## How the service behaves and what a repair does")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    private static IEnumerable<(string Name, int Row)> Tests() => typeof(BehaviourTableTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods().Select(method => ($"{type.Name}.{method.Name}", method.GetCustomAttribute<BehaviourFactAttribute>()?.Row ?? 0)))
        .Where(test => test.Item2 > 0);
}
