using System.IO;
using System.Text.Json;

namespace PgSecurity.Core.Reports;

/// <summary>
/// Everything, by <c>docs/schemas/report-1.schema.json</c>: the findings as they come, then the scores. A member that is
/// added does not change the version; one that is removed or means something else does.
/// </summary>
internal sealed class JsonReport : ReportWriter
{
    /// <summary>The schema's name and version.</summary>
    public const string Schema = "pgsecurity/report/1";

    private readonly Utf8JsonWriter _json;

    public JsonReport(Stream output, ReportOptions options)
        : base(options)
    {
        _json = ReportJson.Open(output);
        _json.WriteStartObject();
        _json.WriteString("schema", Schema);
        _json.WriteString("title", ReportJson.Sound(options.Title));
        _json.WriteString("generatedAt", ReportJson.Time(options.GeneratedAt));
        _json.WriteStartObject("tool");
        _json.WriteString("name", "PgSecurity");
        _json.WriteString("version", options.ToolVersion);
        _json.WriteEndObject();
        _json.WriteStartArray("findings");
    }

    private protected override void Add(Finding finding)
    {
        _json.WriteStartObject();
        Text("resourceId", finding.ResourceId);
        Text("serverName", finding.ServerName);
        Text("resourceGroupName", finding.ResourceGroupName);
        Text("subscriptionId", finding.SubscriptionId);
        Text("controlId", finding.ControlId);
        Text("section", finding.Section);
        Text("title", finding.Title);
        _json.WriteString("severity", finding.Severity.ToString());
        _json.WriteString("outcome", finding.Outcome.ToString());
        Text("reason", finding.Reason);
        Text("observed", finding.Observed);
        Text("expected", finding.Expected);
        Text("recommendation", finding.Recommendation);
        _json.WriteBoolean("isRemediable", finding.IsRemediable);
        WriteEvidence(finding);
        WriteBenchmarks(finding);
        if (finding.Exemption is { } exemption) Text("exemption", exemption);
        Text("source", finding.Source);
        _json.WriteString("evaluatedAt", ReportJson.Time(finding.EvaluatedAt));
        _json.WriteEndObject();
        ReportJson.FlushIfMuch(_json);
    }

    private protected override void Finish(ReportScores scores)
    {
        _json.WriteEndArray();
        _json.WriteBoolean("scoreIsKnown", scores.IsKnown);
        _json.WritePropertyName("score");
        WriteScore(scores.Estate, scores.IsKnown);
        _json.WriteStartArray("sections");
        foreach (SecurityScore section in scores.Sections) WriteScore(section, scores.IsKnown);
        _json.WriteEndArray();
        _json.WriteStartArray("servers");
        foreach (SecurityScore server in scores.Servers)
        {
            WriteScore(server, scores.IsKnown);
            ReportJson.FlushIfMuch(_json);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _json.Dispose();
        base.Dispose(disposing);
    }

    private void WriteEvidence(Finding finding)
    {
        _json.WriteStartArray("evidence");
        foreach (Evidence piece in finding.Evidence)
        {
            _json.WriteStartObject();
            Text("resourceId", piece.ResourceId);
            Text("field", piece.Field);
            Text("observed", piece.Observed);
            Text("expected", piece.Expected);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteBenchmarks(Finding finding)
    {
        _json.WriteStartArray("benchmarks");
        foreach (BenchmarkReference reference in finding.Benchmarks)
        {
            _json.WriteStartObject();
            Text("benchmark", reference.Benchmark);
            Text("version", reference.Version);
            Text("number", reference.Number);
            _json.WriteBoolean("isOfficial", reference.IsOfficial);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteScore(SecurityScore score, bool isKnown)
    {
        _json.WriteStartObject();
        _json.WriteString("level", score.Level);
        _json.WriteText("resourceId", score.ResourceId);
        _json.WriteText("serverName", score.ServerName);
        _json.WriteText("section", score.Section);
        _json.WriteNumber("servers", score.Servers);
        Number("score", isKnown ? score.Score : null);
        Number("lowestScore", isKnown ? score.LowestScore : null);
        Number("highestScore", isKnown ? score.HighestScore : null);
        _json.WriteNumber("failed", score.Failed);
        _json.WriteNumber("unknown", score.Unknown);
        _json.WriteNumber("passed", score.Passed);
        _json.WriteNumber("notApplicable", score.NotApplicable);
        _json.WriteNumber("exempt", score.Exempt);
        _json.WriteNumber("criticalFailed", score.CriticalFailed);
        _json.WriteNumber("highFailed", score.HighFailed);
        _json.WriteNumber("mediumFailed", score.MediumFailed);
        _json.WriteNumber("lowFailed", score.LowFailed);
        _json.WriteEndObject();
    }

    private void Text(string name, string text) => _json.WriteString(name, ReportJson.Sound(text));

    private void Number(string name, double? number)
    {
        if (number is double known) _json.WriteNumber(name, known);
        else _json.WriteNull(name);
    }
}
