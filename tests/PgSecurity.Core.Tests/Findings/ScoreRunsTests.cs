using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Findings;

public sealed class ScoreRunsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-").FullName;
    private readonly List<InputError> _unread = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Runs_come_in_the_order_of_their_times_with_what_moved()
    {
        string estate = File.ReadAllText(RepositoryFiles.In("module", "Samples", "contoso.ndjson"));
        string worse = estate.Replace("\"publicNetworkAccess\":\"Disabled\"", "\"publicNetworkAccess\":\"Enabled\"", StringComparison.Ordinal)
            .Replace("2026-11-24T03", "2026-11-25T03", StringComparison.Ordinal);
        IReadOnlyList<ScoreRun> runs = Runs(("a-later.ndjson", worse), ("b-earlier.ndjson", estate));
        Assert.Equal(["b-earlier.ndjson", "a-later.ndjson"], runs.Select(run => Path.GetFileName(run.Run)));
        Assert.Null(runs[0].Change);
        Assert.True(runs[1].Change < 0);
        Assert.Equal(Math.Round(runs[1].Score!.Value - runs[0].Score!.Value, 1), runs[1].Change);
        Assert.All(runs, run => Assert.Equal(20, run.Bar.Length));
        Assert.All(runs, run => Assert.Equal(ScoreBasis.Snapshot, run.Basis));
        Assert.Empty(_unread);
    }

    [Fact]
    public void A_report_has_the_score_that_it_had()
    {
        ScoreRun run = Assert.Single(Runs(("report.json", """
            { "schema": "pgsecurity/report/1", "generatedAt": "2026-01-02T03:04:05Z", "findings": [],
              "score": { "level": "Estate", "servers": 3, "score": 71.5, "lowestScore": 60, "highestScore": 80, "failed": 4, "unknown": 2, "passed": 9 } }
            """)));
        Assert.Equal(ScoreBasis.Report, run.Basis);
        Assert.Equal((3, 71.5, 4, 2, 9), (run.Servers, run.Score, run.Failed, run.Unknown, run.Passed));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), run.MeasuredAt);
        Assert.Equal("##############......", run.Bar);
    }

    [Theory]
    [InlineData("""{ "schema": "pgsecurity/report/1", "generatedAt": "2026-01-02", "score": { "score": null, "servers": 1 } }""")]
    [InlineData("""{ "schema": "pgsecurity/report/1" }""")]
    [InlineData("""{ "schema": "pgsecurity/report/1", """)]
    [InlineData("no JSON")]
    public void A_run_that_cannot_be_read_has_no_score(string text)
    {
        Assert.Empty(Runs(("broken.json", text)));
        Assert.NotEmpty(_unread);
    }

    [Fact]
    public void A_snapshot_that_is_partly_broken_has_no_score()
    {
        string[] lines = File.ReadAllLines(RepositoryFiles.In("module", "Samples", "contoso.ndjson"));
        lines[1] = lines[1][..^20];
        Assert.Empty(Runs(("half.ndjson", string.Join("\n", lines) + "\n")));
        Assert.Single(_unread);
    }

    private IReadOnlyList<ScoreRun> Runs(params (string Name, string Text)[] files)
    {
        ScoreRuns runs = new(Evaluator.Create(Catalogue.All.Controls, ControlSettings.None, EvaluatorOptions.Default, []), _unread.Add);
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllText(path, text);
            runs.Add(path);
        }

        return runs.Finish();
    }
}
