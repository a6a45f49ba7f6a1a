using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class MeasurePgSecurityTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private readonly ModuleSession _session = session;

    [Fact]
    public void Estate_sections_and_servers_are_scored() =>
        Assert.Equal(["Estate", "Section", "Server"], _session.RunClean<SecurityScore>("Measure-PgSecurity -Sample").Select(score => score.Level).Distinct());

    [Theory]
    [InlineData("Estate", 1)]
    [InlineData("Section", 7)]
    [InlineData("Estate, Section", 8)]
    public void By_selects_the_levels(string levels, int count) =>
        Assert.Equal(count, _session.RunClean<SecurityScore>($"Measure-PgSecurity -Sample -By {levels}").Count);

    [Fact]
    public void Findings_give_the_same_score_as_their_servers()
    {
        SecurityScore direct = _session.RunClean<SecurityScore>("Measure-PgSecurity -Sample -By Estate").Single();
        SecurityScore piped = _session.RunClean<SecurityScore>(
            "Get-PgSecurityFinding -Sample -IncludePassed -IncludeNotApplicable | Measure-PgSecurity -By Estate").Single();
        Assert.Equal(Essence(direct), Essence(piped));
    }

    [Fact]
    public void Findings_that_became_text_are_read_back()
    {
        PSObject Row(string outcome, string severity) => new()
        {
            Properties =
            {
                new PSNoteProperty("ResourceId", SampleServers.IdOf("one")),
                new PSNoteProperty("ServerName", "one"),
                new PSNoteProperty("ControlId", "NET-001"),
                new PSNoteProperty("Section", "Network"),
                new PSNoteProperty("Severity", severity),
                new PSNoteProperty("Outcome", outcome),
            },
        };
        SecurityScore score = (SecurityScore)_session.Run(
            "$input | Measure-PgSecurity -By Server", [Row("Pass", "High"), Row("Fail", "High"), Row("Unknown", "Critical")]).Single().BaseObject;
        Assert.Equal((50.0, 1, 1, 1), (score.Score, score.Passed, score.Failed, score.Unknown));
        Assert.True(score.LowestScore < score.Score && score.Score < score.HighestScore);
    }

    [Fact]
    public void Findings_without_what_passed_give_an_error_and_no_score()
    {
        Assert.Empty(_session.Run("Get-PgSecurityFinding -Sample | Measure-PgSecurity"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("ScoreNeedsPassed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Nothing_gives_nothing() => Assert.Empty(_session.RunClean<SecurityScore>("@() | Measure-PgSecurity"));

    [Fact]
    public void Summary_and_score_agree() =>
        Assert.Equal(
            _session.RunClean<SecurityScore>("Get-PgSecurityFinding -Sample -Summary").Select(Essence),
            _session.RunClean<SecurityScore>("Measure-PgSecurity -Sample -By Server").Select(Essence));

    private static (string, double?, int, int, int) Essence(SecurityScore score) =>
        (score.ServerName, score.Score, score.Failed, score.Unknown, score.Passed);

    [Fact]
    public void History_gives_a_score_a_run_and_what_moved()
    {
        using TemporaryFolder folder = TemporaryFolder.CurrentOf(_session);
        string estate = System.IO.File.ReadAllText(Repository.At("module", "Samples", "contoso.ndjson"));
        folder.Write(System.IO.Path.Combine("runs", "1.ndjson"), estate);
        folder.Write(System.IO.Path.Combine("runs", "2.ndjson"), estate.Replace("2026-11-24T03", "2026-11-25T03", StringComparison.Ordinal)
            .Replace("\"publicNetworkAccess\":\"Disabled\"", "\"publicNetworkAccess\":\"Enabled\"", StringComparison.Ordinal));
        IReadOnlyList<ScoreRun> runs = _session.RunClean<ScoreRun>("Measure-PgSecurity -History runs");
        Assert.Equal(2, runs.Count);
        Assert.Null(runs[0].Change);
        Assert.True(runs[1].Change < 0);
        Assert.Equal(_session.RunClean<SecurityScore>("Measure-PgSecurity -Path runs/1.ndjson -By Estate").Single().Score, runs[0].Score);
    }

    [Fact]
    public void A_history_says_which_scores_were_stored_and_which_were_made_anew()
    {
        using TemporaryFolder folder = TemporaryFolder.CurrentOf(_session);
        folder.Write(System.IO.Path.Combine("runs", "1.ndjson"), System.IO.File.ReadAllText(Repository.At("module", "Samples", "contoso.ndjson")));
        _session.RunClean<object>("$null = Get-PgSecurityFinding runs/1.ndjson -IncludePassed -IncludeNotApplicable | Export-PgSecurityReport runs/2.json -Format Json");
        IReadOnlyList<ScoreRun> runs = _session.RunClean<ScoreRun>("Measure-PgSecurity -History runs");
        Assert.Equal([ScoreBasis.Snapshot, ScoreBasis.Report], runs.Select(run => run.Basis));
        Assert.Equal(runs[0].Score, runs[1].Score);
        Assert.Contains("Basis says which", Assert.Single(_session.Warnings), System.StringComparison.Ordinal);
        Assert.Single(_session.RunClean<ScoreRun>("Measure-PgSecurity -History runs/2.json"));
        Assert.Empty(_session.Warnings);
    }

    [Fact]
    public void A_run_that_cannot_be_read_is_an_error_and_left_out()
    {
        using TemporaryFolder folder = TemporaryFolder.CurrentOf(_session);
        folder.Write("broken.ndjson", "{ \"schema\": \"pgsecurity/report/1\" }");
        Assert.Empty(_session.Run("Measure-PgSecurity -History broken.ndjson"));
        Assert.StartsWith("InputUnreadable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(_session.Warnings);
    }
}
