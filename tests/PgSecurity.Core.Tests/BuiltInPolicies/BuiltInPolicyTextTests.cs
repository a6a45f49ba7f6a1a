using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>
/// What docs/guides/built-in-policies.md says of Microsoft's definitions holds: where the condition of one departs from
/// its text, the departure is named, and every departure that is named happens.
/// </summary>
[Collection(Guide)]
public class BuiltInPolicyTextTests
{
    /// <summary>The tests that may write the guide, one after the other.</summary>
    public const string Guide = "built-in-policies.md";

    public static TheoryData<string> Ids => new(BuiltInPolicy.All.Select(policy => policy.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Where_a_definition_departs_from_its_text_the_departure_is_a_known_one(string id)
    {
        BuiltInPolicy policy = BuiltInPolicy.Find(id);

        string[] surprises = Servers()
            .Where(server => policy.Does(server.Facts) != Truth.Unknown && policy.TextSays(server.Facts) != Truth.Unknown)
            .Where(server => policy.Does(server.Facts) != policy.TextSays(server.Facts))
            .Where(server => !policy.Departures.Values.Any(departs => departs(server.Facts)))
            .Select(server => $"{server.Name}: does {policy.Does(server.Facts)}, text says {policy.TextSays(server.Facts)}")
            .ToArray();

        Assert.Empty(surprises);
    }

    public static TheoryData<string> Departing => new(BuiltInPolicy.All.Where(policy => policy.Departures.Count > 0).Select(policy => policy.Id));

    [Theory]
    [MemberData(nameof(Departing))]
    public void Every_departure_that_we_name_is_shown_by_a_server(string id)
    {
        BuiltInPolicy policy = BuiltInPolicy.Find(id);
        List<(string Name, ServerFacts Facts)> departing = Servers()
            .Where(server => policy.Does(server.Facts) != Truth.Unknown && policy.TextSays(server.Facts) != Truth.Unknown)
            .Where(server => policy.Does(server.Facts) != policy.TextSays(server.Facts))
            .ToList();

        Assert.All(policy.Departures, departure => Assert.Contains(departing, server => departure.Value(server.Facts)));
    }

    [Fact]
    public void The_guide_names_the_controls_that_answer_each_definition()
    {
        string path = RepositoryFiles.In("docs", "guides", "built-in-policies.md");
        string[] lines = File.ReadAllLines(path);
        string[] fresh = lines.Select(Refreshed).ToArray();
        if (RepositoryFiles.WriteGenerated) File.WriteAllText(path, string.Join("\n", fresh) + "\n");

        Assert.Equal(BuiltInPolicy.All.Select(policy => policy.Id).Order(), lines.Select(IdOf).OfType<string>().Order());
        Assert.True(
            RepositoryFiles.WriteGenerated || lines.SequenceEqual(fresh),
            $"{path} does not name the controls of today. Run this test with PGSECURITY_WRITE_DOCS=1 to write them.");
    }

    private static string Refreshed(string line)
    {
        if (IdOf(line) is not { } id) return line;
        string[] cells = line.Split('|');
        cells[3] = $" {ControlsThatReplace(id)} ";
        return string.Join("|", cells);
    }

    private static string? IdOf(string line) =>
        line.Split('|') is { Length: 6 } cells && cells[1].Split('`') is { Length: 3 } parts ? parts[1] : null;

    private static IEnumerable<(string Name, ServerFacts Facts)> Servers() =>
        PostureCorpus.All.Select(one => (one.Name, new ServerFacts(one.Posture))).Where(one => one.Item2.IsFlexible);

    private static string ControlsThatReplace(string id) => BuiltInPolicy.Find(id).Controls is { Count: > 0 } controls ? string.Join(", ", controls) : "none";
}
