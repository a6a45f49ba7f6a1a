using System.Linq;
using PgSecurity.Core.Findings;
using Xunit;

namespace PgSecurity.Core.Tests.Findings;

public class ScoreBoardTests
{
    [Fact]
    public void The_score_is_the_weight_of_what_passed_in_what_is_known()
    {
        ScoreBoard board = new();
        board.Add(Make("a", "Network", Severity.Critical, Outcome.Fail));
        board.Add(Make("a", "Network", Severity.High, Outcome.Pass));
        board.Add(Make("a", "Logging", Severity.Medium, Outcome.Pass));
        board.Add(Make("a", "Logging", Severity.Low, Outcome.Pass));

        SecurityScore score = board.Estate();

        Assert.Equal(50, score.Score);
        Assert.Equal((1, 3, 1, 0), (score.Failed, score.Passed, score.CriticalFailed, score.HighFailed));
    }

    [Fact]
    public void What_is_unknown_is_never_passed_and_bounds_the_score()
    {
        ScoreBoard board = new();
        board.Add(Make("a", "Network", Severity.Low, Outcome.Pass));
        board.Add(Make("a", "Network", Severity.Low, Outcome.Fail));
        board.Add(Make("a", "Network", Severity.Low, Outcome.Unknown));
        board.Add(Make("a", "Network", Severity.Low, Outcome.Unknown));

        SecurityScore score = board.Estate();

        Assert.Equal((50, 25, 75), (score.Score, score.LowestScore, score.HighestScore));
        Assert.Equal(2, score.Unknown);
    }

    [Fact]
    public void Nothing_known_has_no_score_not_a_hundred()
    {
        ScoreBoard board = new();
        board.Add(Make("a", "Network", Severity.High, Outcome.Unknown));

        SecurityScore score = board.Estate();

        Assert.Null(score.Score);
        Assert.Equal((0, 100), (score.LowestScore, score.HighestScore));
    }

    [Fact]
    public void What_does_not_apply_or_is_exempt_is_out_of_the_count()
    {
        ScoreBoard board = new();
        board.Add(Make("a", "Network", Severity.High, Outcome.Pass));
        board.Add(Make("a", "Network", Severity.High, Outcome.NotApplicable));
        board.Add(Make("a", "Network", Severity.High, Outcome.Exempt));

        SecurityScore score = board.Estate();

        Assert.Equal(100, score.Score);
        Assert.Equal((1, 1), (score.NotApplicable, score.Exempt));
    }

    [Fact]
    public void A_hundred_means_that_nothing_failed()
    {
        ScoreBoard board = new();
        foreach (int _ in Enumerable.Range(0, 2000)) board.Add(Make("a", "Network", Severity.Critical, Outcome.Pass));
        board.Add(Make("a", "Network", Severity.Low, Outcome.Fail));

        Assert.Equal(99.9, board.Estate().Score);
    }

    [Fact]
    public void Servers_and_sections_come_in_order()
    {
        ScoreBoard board = new();
        board.Add(Make("b", "Backup", Severity.High, Outcome.Pass));
        board.Add(Make("b", "Network", Severity.High, Outcome.Fail));
        board.Add(Make("a", "Network", Severity.High, Outcome.Pass));

        Assert.Equal(["b", "a"], board.Servers().Select(score => score.ServerName));
        Assert.Equal(["Network", "Backup"], board.Sections().Select(score => score.Section));
        Assert.Equal(2, board.Sections()[0].Servers);
        Assert.Equal([0d, 100d, 100d], board.ServerSections().Select(score => score.Score!.Value));
    }

    private static Finding Make(string server, string section, Severity severity, Outcome outcome) => new()
    {
        ResourceId = "/x/" + server, ServerName = server, ResourceGroupName = "rg", SubscriptionId = "s", ControlId = "X",
        Section = section, Title = "t", Severity = severity, Outcome = outcome,
    };
}
