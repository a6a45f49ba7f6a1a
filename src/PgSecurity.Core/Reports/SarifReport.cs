using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Reports;

/// <summary>
/// SARIF 2.1.0. A result a finding, as they come; the rules follow, those that were met. What could not be told is a
/// result of kind <c>open</c>, never <c>pass</c>; what is set aside is a suppressed one. The level of what did not fail is
/// <c>none</c>, as the standard has it (3.27.10).
/// </summary>
internal sealed class SarifReport : ReportWriter
{
    private const string SchemaUri = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, int> _ruleIndex = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Finding> _rules = new();

    public SarifReport(Stream output, ReportOptions options)
        : base(options)
    {
        _json = ReportJson.Open(output);
        _json.WriteStartObject();
        _json.WriteString("$schema", SchemaUri);
        _json.WriteString("version", "2.1.0");
        _json.WriteStartArray("runs");
        _json.WriteStartObject();
        _json.WriteString("columnKind", "utf16CodeUnits");
        _json.WriteStartArray("results");
    }

    private protected override void Add(Finding finding)
    {
        _json.WriteStartObject();
        _json.WriteString("ruleId", ReportJson.Sound(finding.ControlId));
        _json.WriteNumber("ruleIndex", RuleIndexOf(finding));
        _json.WriteString("kind", KindOf(finding.Outcome));
        _json.WriteString("level", finding.Outcome is Outcome.Fail or Outcome.Exempt ? SeveritySarif.Level(finding.Severity) : "none");
        WriteMessage("message", MessageOf(finding));
        WriteLocations(finding);
        _json.WriteStartObject("partialFingerprints");
        _json.WriteString("pgSecurity/v1", StableId.Fingerprint(finding.ResourceId, finding.ControlId));
        _json.WriteEndObject();
        if (finding.Outcome == Outcome.Exempt) WriteSuppression(finding);
        WriteProperties(finding);
        _json.WriteEndObject();
        ReportJson.FlushIfMuch(_json);
    }

    private protected override void Finish(ReportScores scores)
    {
        _json.WriteEndArray();
        _json.WriteStartObject("tool");
        _json.WriteStartObject("driver");
        _json.WriteString("name", "PgSecurity");
        _json.WriteString("semanticVersion", Options.ToolVersion);
        _json.WriteStartArray("rules");
        foreach (Finding first in _rules) WriteRule(first, ControlOf(first.ControlId));
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteStartArray("invocations");
        _json.WriteStartObject();
        _json.WriteBoolean("executionSuccessful", true);
        _json.WriteString("endTimeUtc", ReportJson.Time(Options.GeneratedAt));
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteStartObject("properties");
        _json.WriteString("title", ReportJson.Sound(Options.Title));
        _json.WriteNumber("failed", scores.Estate.Failed);
        _json.WriteNumber("unknown", scores.Estate.Unknown);
        _json.WriteNumber("passed", scores.Estate.Passed);
        if (scores.IsKnown) _json.WriteNumber("score", scores.Estate.Score!.Value);
        _json.WriteEndObject();
        _json.WriteEndObject();
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

    private static string KindOf(Outcome outcome) => outcome switch
    {
        Outcome.Pass => "pass",
        Outcome.Unknown => "open",
        Outcome.NotApplicable => "notApplicable",
        _ => "fail",
    };

    private static string MessageOf(Finding finding)
    {
        IEnumerable<string> sentences = new[]
        {
            $"{finding.ServerName}: {finding.Title}: {OutcomeWords.Of(finding.Outcome)}.",
            finding.Reason,
            finding.Observed.Length > 0 ? $"Observed: {finding.Observed}." : "",
            finding.Expected.Length > 0 && finding.Outcome != Outcome.Pass ? $"Expected: {finding.Expected}." : "",
        };
        return string.Join(" ", sentences.Where(sentence => sentence.Length > 0));
    }

    private int RuleIndexOf(Finding finding)
    {
        if (_ruleIndex.TryGetValue(finding.ControlId, out int index)) return index;
        _ruleIndex.Add(finding.ControlId, _rules.Count);
        _rules.Add(finding);
        return _rules.Count - 1;
    }

    private void WriteLocations(Finding finding)
    {
        _json.WriteStartArray("locations");
        _json.WriteStartObject();
        if (FindingSource.Read(finding.Source) is { } source)
        {
            (string uri, bool isRelative) = source.ToUri(Options.SourceRoot);
            _json.WriteStartObject("physicalLocation");
            _json.WriteStartObject("artifactLocation");
            _json.WriteString("uri", uri);
            if (isRelative) _json.WriteString("uriBaseId", "%SRCROOT%");
            _json.WriteEndObject();
            _json.WriteStartObject("region");
            _json.WriteNumber("startLine", Math.Max(1, source.Line));
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteStartArray("logicalLocations");
        _json.WriteStartObject();
        _json.WriteString("name", ReportJson.Sound(finding.ServerName));
        _json.WriteString("fullyQualifiedName", ReportJson.Sound(finding.ResourceId));
        _json.WriteString("kind", "resource");
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteSuppression(Finding finding)
    {
        _json.WriteStartArray("suppressions");
        _json.WriteStartObject();
        _json.WriteString("kind", "external");
        _json.WriteString("status", "accepted");
        _json.WriteString("justification", ReportJson.Sound(
            finding.Exemption is { Length: > 0 } name ? $"{name}: {finding.Reason}" : finding.Reason));
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteProperties(Finding finding)
    {
        _json.WriteStartObject("properties");
        _json.WriteString("outcome", finding.Outcome.ToString());
        _json.WriteString("severity", finding.Severity.ToString());
        _json.WriteText("observed", finding.Observed);
        _json.WriteText("expected", finding.Expected);
        _json.WriteText("exemption", finding.Exemption);
        if (finding.Evidence.Count > 0)
        {
            _json.WriteStartArray("evidence");
            foreach (Evidence piece in finding.Evidence) _json.WriteStringValue(ReportJson.Sound(piece.ToString()));
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
    }

    private void WriteRule(Finding finding, ControlDefinition? control)
    {
        _json.WriteStartObject();
        _json.WriteString("id", ReportJson.Sound(finding.ControlId));
        string title = finding.Title.Length > 0 ? finding.Title : finding.ControlId;
        WriteMessage("shortDescription", title);
        WriteMessage("fullDescription", control is { Description.Length: > 0 } ? control.Description : title);
        WriteHelp(control, finding.Recommendation.Length > 0 ? finding.Recommendation : title);
        _json.WriteText("helpUri", control?.References.FirstOrDefault(IsWebAddress));
        _json.WriteStartObject("defaultConfiguration");
        _json.WriteString("level", SeveritySarif.Level(finding.Severity));
        _json.WriteEndObject();
        _json.WriteStartObject("properties");
        _json.WriteStartArray("tags");
        foreach (string tag in new[] { "security", "postgresql", finding.Section }.Concat(finding.Benchmarks.Select(reference => reference.ToString())).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal))
        {
            _json.WriteStringValue(ReportJson.Sound(tag));
        }

        _json.WriteEndArray();
        _json.WriteString("precision", "very-high");
        _json.WriteText("security-severity", SeveritySarif.Number(finding.Severity));
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>GitHub's code scanning takes no rule without help, also where a definition of others says nothing of itself.</summary>
    private void WriteHelp(ControlDefinition? control, string otherwise)
    {
        string[] plain = control is null
            ? Array.Empty<string>()
            : new[] { control.Rationale, control.Remediation.Text, control.Impact.Length > 0 ? "Impact: " + control.Impact : "" };
        List<string> said = plain.Where(text => text.Length > 0).DefaultIfEmpty(otherwise).Select(ReportJson.Sound).ToList();
        IEnumerable<string> links = control?.References.Where(IsWebAddress).Select(address => $"- <{address}>") ?? Array.Empty<string>();
        _json.WriteStartObject("help");
        _json.WriteString("text", string.Join("\n\n", said));
        _json.WriteString("markdown", string.Join("\n\n", said.Concat(new[] { string.Join("\n", links) }).Where(text => text.Length > 0)));
        _json.WriteEndObject();
    }

    private void WriteMessage(string name, string text)
    {
        _json.WriteStartObject(name);
        _json.WriteString("text", ReportJson.Sound(text));
        _json.WriteEndObject();
    }

    private static bool IsWebAddress(string text) => text.StartsWith("https://", StringComparison.Ordinal) && Uri.IsWellFormedUriString(text, UriKind.Absolute);
}
