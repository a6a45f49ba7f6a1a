using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NJsonSchema;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Tests.Controls;
using PgSecurity.Core.Tests.Validation;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class JsonReportTests
{
    public static TheoryData<string> Sets => FindingSets.Names;

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task It_is_valid_by_the_published_schema(string set) =>
        Assert.Empty((await Schema()).Validate(ReportFindings.Write(ReportFormat.Json, FindingSets.Of(set))));

    [Fact]
    public async Task The_schema_refuses_an_outcome_of_its_own()
    {
        JsonSchema schema = await Schema();
        string text = ReportFindings.Write(ReportFormat.Json, ReportFindings.Every());
        Assert.NotEmpty(schema.Validate(text.Replace("\"Unknown\"", "\"Passed\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Findings_and_scores_are_there()
    {
        using JsonDocument report = JsonDocument.Parse(ReportFindings.Write(ReportFormat.Json, ReportFindings.Every()));
        Assert.Equal(["Fail", "Unknown", "Pass", "Pass", "NotApplicable", "Exempt"], report.RootElement.GetProperty("findings").EnumerateArray().Select(item => item.GetProperty("outcome").GetString()));
        JsonElement score = report.RootElement.GetProperty("score");
        Assert.Equal((1, 1, 2, 1, 1), (score.GetProperty("failed").GetInt32(), score.GetProperty("unknown").GetInt32(), score.GetProperty("passed").GetInt32(), score.GetProperty("notApplicable").GetInt32(), score.GetProperty("exempt").GetInt32()));
        Assert.Equal(61.5, score.GetProperty("score").GetDouble());
        Assert.Equal(["one", "two"], report.RootElement.GetProperty("servers").EnumerateArray().Select(server => server.GetProperty("serverName").GetString()));
    }

    [Fact]
    public void Without_what_passed_there_is_no_score()
    {
        using JsonDocument report = JsonDocument.Parse(ReportFindings.Write(ReportFormat.Json, ReportFindings.Every().Where(finding => finding.Outcome != Outcome.Pass)));
        Assert.False(report.RootElement.GetProperty("scoreIsKnown").GetBoolean());
        Assert.Equal(JsonValueKind.Null, report.RootElement.GetProperty("score").GetProperty("score").ValueKind);
    }

    [Fact]
    public void An_earlier_report_gives_its_score()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, ReportFindings.Write(ReportFormat.Json, ReportFindings.Every()));
            ScorePoint point = ScoreHistory.Read(path)!;
            Assert.Equal((61.5, ReportFindings.Now), (point.Score, point.At));
            Assert.True(point.LowestScore < point.Score && point.Score < point.HighestScore);

            File.WriteAllText(path, ReportFindings.Write(ReportFormat.Json, ReportFindings.Every().Take(2)));
            Assert.Null(ScoreHistory.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schema\":1}")]
    [InlineData("{\"schema\":\"pgsecurity/report/2\"}")]
    [InlineData("{\"schema\":\"pgsecurity/report/1\",\"generatedAt\":\"yesterday\",\"score\":{}}")]
    [InlineData("{\"schema\":\"pgsecurity/report/1\",\"generatedAt\":\"2026-11-24T00:00:00Z\",\"score\":[]}")]
    public void What_is_no_report_says_so(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Contains(path, Assert.Throws<FormatException>(() => ScoreHistory.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<JsonSchema> Schema() => JsonSchema.FromFileAsync(RepositoryFiles.In("docs", "schemas", "report-1.schema.json"));
}
