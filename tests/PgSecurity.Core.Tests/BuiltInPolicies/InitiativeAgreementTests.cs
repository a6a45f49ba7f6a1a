using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Tests.Controls;
using PgSecurity.Core.Tests.Exports;
using Xunit;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>
/// The exported initiative and Microsoft's built-in definitions flag the same servers where both speak of the same thing,
/// or the difference is in the list of docs/guides/built-in-policies.md; and nothing is in that list that does not happen.
/// </summary>
[Collection(BuiltInPolicyTextTests.Guide)]
public class InitiativeAgreementTests
{
    /// <summary>The deprecated definition that no server can meet.</summary>
    private static readonly string[] NeverMet = ["e27a6dfc-883f-4f9e-97cc-a819fe702400"];

    public static TheoryData<string> Names => new(InitiativeComparison.All.Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_difference_is_a_known_one(string name)
    {
        InitiativeComparison comparison = Find(name);
        foreach (CompiledPolicy builtIn in comparison.BuiltIns())
        {
            string[] surprises = comparison.Decided(builtIn)
                .Where(server => server.BuiltInFlags != server.InitiativeFlags)
                .Where(server => !comparison.Differences.Any(known => known.BuiltInFlags == server.BuiltInFlags && known.Concerns(server.Facts)))
                .Select(server => $"{server.Name}: {(server.BuiltInFlags ? "only the built-in flags it" : "only the initiative flags it")}")
                .ToArray();

            Assert.Empty(surprises);
        }
    }

    public static TheoryData<string> Differing => new(InitiativeComparison.All.Where(one => one.Differences.Count > 0).Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Differing))]
    public void Every_known_difference_happens(string name)
    {
        InitiativeComparison comparison = Find(name);
        foreach (CompiledPolicy builtIn in comparison.BuiltIns())
        {
            (ServerFacts Facts, bool BuiltInFlags)[] differing = comparison.Decided(builtIn)
                .Where(server => server.BuiltInFlags != server.InitiativeFlags)
                .Select(server => (server.Facts, server.BuiltInFlags))
                .ToArray();

            Assert.All(comparison.Differences, known =>
                Assert.True(differing.Any(server => known.BuiltInFlags == server.BuiltInFlags && known.Concerns(server.Facts)), known.Reason));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void They_are_seen_to_agree_that_a_server_fails_and_that_one_does_not(string name)
    {
        InitiativeComparison comparison = Find(name);
        foreach (CompiledPolicy builtIn in comparison.BuiltIns())
        {
            bool[] agreed = comparison.Decided(builtIn).Where(server => server.BuiltInFlags == server.InitiativeFlags).Select(server => server.BuiltInFlags).ToArray();

            Assert.Contains(true, agreed);
            if (!NeverMet.Contains(comparison.Policy.Id)) Assert.Contains(false, agreed);
        }
    }

    [Fact]
    public void The_initiative_answers_most_of_them() => Assert.InRange(InitiativeComparison.All.Select(one => one.Policy.Id).Distinct().Count(), 20, BuiltInPolicy.All.Count);

    [Fact]
    public void The_guide_lists_the_differences()
    {
        const string Start = "<!-- differences -->\n", End = "<!-- end of differences -->\n";
        string path = RepositoryFiles.In("docs", "guides", "built-in-policies.md");
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int to = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Start.Length && to >= from, $"{path} lacks the marks {Start.Trim()} and {End.Trim()}.");
        string fresh = text[..from] + Lists() + text[to..];
        if (RepositoryFiles.WriteGenerated) File.WriteAllText(path, fresh);

        Assert.True(RepositoryFiles.WriteGenerated || text == fresh, $"{path} does not list the differences of today. Run this test with PGSECURITY_WRITE_DOCS=1 to write them.");
    }

    private static InitiativeComparison Find(string name) => InitiativeComparison.All.Single(one => one.Name == name);

    private static string Lists()
    {
        StringBuilder text = new("\n| built-in definition | in the initiative | flagged by | servers, and why |\n|---|---|---|---|\n");
        foreach (InitiativeComparison comparison in InitiativeComparison.All.Where(one => one.Differences.Count > 0))
        {
            foreach (InitiativeDifference known in comparison.Differences)
            {
                text.Append($"| {comparison.Name} | {string.Join(", ", comparison.Controls)} | {(known.BuiltInFlags ? "the built-in" : "the initiative")} | {known.Reason} |\n");
            }
        }

        text.Append("\nThey agree on every server that we have:\n\n");
        foreach (InitiativeComparison comparison in InitiativeComparison.All.Where(one => one.Differences.Count == 0))
        {
            text.Append($"- {comparison.Name}: {string.Join(", ", comparison.Controls)}\n");
        }

        text.Append("\nThe initiative has no answer, and why:\n\n");
        foreach (BuiltInPolicy policy in BuiltInPolicy.All.Where(policy => InitiativeComparison.All.All(one => one.Policy != policy)))
        {
            text.Append($"- {policy.Title}: {Absence(policy)}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Absence(BuiltInPolicy policy) => policy.Controls.Count == 0
        ? "no control says the same."
        : string.Join(" ", policy.Controls.Select(id => $"{id}: {CatalogueExport.Whole.LeftOut.Single(control => control.ControlId == id).Reason}"));
}
