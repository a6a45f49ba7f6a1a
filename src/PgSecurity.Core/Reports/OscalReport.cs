using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Reports;

/// <summary>
/// OSCAL 1.1.3 assessment results. Every finding is an observation, written as it comes; a control over all servers is an
/// OSCAL finding, which is <i>satisfied</i> only where at least one server passed and none failed, is unknown or exempt.
/// A control that failed, or that is set aside, is a risk. UUIDs follow from what they name, so that two runs can be told
/// apart and put together.
/// </summary>
internal sealed class OscalReport : ReportWriter
{
    private const string Namespace = "urn:pgsecurity:oscal";
    private const string Version = "1.1.3";

    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, OscalControl> _controls = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<OscalControl> _order = new();
    private readonly Dictionary<string, Finding> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Guid> _observed = new();
    private readonly Guid _plan = StableId.Uuid("plan");
    private DateTimeOffset _start = DateTimeOffset.MaxValue;
    private bool _hasObservations;

    public OscalReport(Stream output, ReportOptions options)
        : base(options)
    {
        _json = ReportJson.Open(output);
        string run = ReportJson.Time(options.GeneratedAt);
        _json.WriteStartObject();
        _json.WriteStartObject("assessment-results");
        Uuid("uuid", StableId.Uuid("assessment-results", options.Title, run));
        _json.WriteStartObject("metadata");
        _json.WriteString("title", Line(options.Title, ReportOptions.DefaultTitle));
        _json.WriteString("last-modified", run);
        _json.WriteString("version", run);
        _json.WriteString("oscal-version", Version);
        _json.WriteStartArray("props");
        Property("tool", "PgSecurity");
        Property("tool-version", options.ToolVersion);
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteStartObject("import-ap");
        _json.WriteString("href", "#" + _plan.ToString("D"));
        _json.WriteEndObject();
        _json.WriteStartArray("results");
        _json.WriteStartObject();
        Uuid("uuid", StableId.Uuid("result", options.Title, run));
        _json.WriteString("title", Line(options.Title, ReportOptions.DefaultTitle));
        _json.WriteString("description", "Controls of PgSecurity on Azure Database for PostgreSQL flexible servers. What could not be told is not satisfied.");
        _json.WriteString("end", run);
    }

    private protected override void Add(Finding finding)
    {
        if (!_hasObservations) _json.WriteStartArray("observations");
        _hasObservations = true;
        DateTimeOffset collected = finding.EvaluatedAt == default ? Options.GeneratedAt : finding.EvaluatedAt;
        if (collected < _start) _start = collected;
        if (!_servers.ContainsKey(finding.ResourceId)) _servers.Add(finding.ResourceId, finding);
        Guid id = ObservationId(finding);
        Tell(finding, id);
        WriteObservation(finding, id, collected);
        ReportJson.FlushIfMuch(_json);
    }

    private protected override void Finish(ReportScores scores)
    {
        if (_hasObservations) _json.WriteEndArray();
        _json.WriteString("start", ReportJson.Time(_start == DateTimeOffset.MaxValue ? Options.GeneratedAt : _start));
        WriteReviewedControls();
        WriteInventory();
        WriteRisks();
        WriteFindings();
        _json.WriteEndObject();
        _json.WriteEndArray();
        WriteObjectives();
        WritePlan();
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _json.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The same for a control of a server in every run; a second finding of the two gets another.</summary>
    private Guid ObservationId(Finding finding)
    {
        Guid id = StableId.Uuid("observation", finding.ResourceId, finding.ControlId);
        for (int again = 2; !_observed.Add(id); again++)
        {
            id = StableId.Uuid("observation", finding.ResourceId, finding.ControlId, again.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return id;
    }

    private void Tell(Finding finding, Guid observation)
    {
        if (!_controls.TryGetValue(finding.ControlId, out OscalControl? control))
        {
            control = new OscalControl(finding);
            _controls.Add(finding.ControlId, control);
            _order.Add(control);
        }

        control.Add(finding.Outcome, observation, finding.Recommendation);
    }

    private void WriteObservation(Finding finding, Guid id, DateTimeOffset collected)
    {
        _json.WriteStartObject();
        Uuid("uuid", id);
        _json.WriteString("title", ReportJson.Sound($"{finding.ControlId} on {finding.ServerName}"));
        _json.WriteString("description", Description(finding));
        _json.WriteStartArray("props");
        Property("outcome", finding.Outcome.ToString());
        Property("severity", finding.Severity.ToString());
        Property("control-id", finding.ControlId);
        if (finding.Exemption is { Length: > 0 } exemption) Property("exemption", exemption);
        _json.WriteEndArray();
        _json.WriteStartArray("methods");
        _json.WriteStringValue("TEST");
        _json.WriteEndArray();
        _json.WriteStartArray("types");
        _json.WriteStringValue("control-objective");
        _json.WriteEndArray();
        _json.WriteStartArray("subjects");
        _json.WriteStartObject();
        Uuid("subject-uuid", ServerUuid(finding));
        _json.WriteString("type", "inventory-item");
        _json.WriteString("title", ReportJson.Sound(finding.ServerName));
        _json.WriteEndObject();
        _json.WriteEndArray();
        if (finding.Evidence.Count > 0)
        {
            _json.WriteStartArray("relevant-evidence");
            foreach (Evidence piece in finding.Evidence)
            {
                _json.WriteStartObject();
                _json.WriteString("description", ReportJson.Sound(piece.ToString()));
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteString("collected", ReportJson.Time(collected));
        _json.WriteEndObject();
    }

    private void WriteReviewedControls()
    {
        _json.WriteStartObject("reviewed-controls");
        _json.WriteStartArray("control-selections");
        _json.WriteStartObject();
        string[] ids = _order.SelectMany(control => control.CatalogIds).Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal).ToArray();
        if (ids.Length == 0)
        {
            _json.WriteStartObject("include-all");
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteStartArray("include-controls");
            foreach (string id in ids)
            {
                _json.WriteStartObject();
                _json.WriteString("control-id", id);
                _json.WriteEndObject();
            }

            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteInventory()
    {
        if (_servers.Count == 0) return;
        _json.WriteStartObject("local-definitions");
        _json.WriteStartArray("inventory-items");
        foreach (Finding server in _servers.Values)
        {
            _json.WriteStartObject();
            Uuid("uuid", ServerUuid(server));
            _json.WriteString("description", ReportJson.Sound($"The PostgreSQL server {server.ServerName}"));
            _json.WriteStartArray("props");
            Property("asset-id", server.ResourceId, ours: false);
            Property("asset-type", "database", ours: false);
            _json.WriteEndArray();
            _json.WriteEndObject();
            ReportJson.FlushIfMuch(_json);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WriteRisks()
    {
        OscalControl[] risky = _order.Where(control => control.Failed > 0 || control.Exempt > 0).ToArray();
        if (risky.Length == 0) return;
        _json.WriteStartArray("risks");
        foreach (OscalControl control in risky)
        {
            _json.WriteStartObject();
            Uuid("uuid", RiskUuid(control));
            _json.WriteString("title", control.Title);
            _json.WriteString("description", $"{control.Summary()} Severity: {control.Severity}.");
            _json.WriteString("statement", ControlOf(control.Id) is { Rationale.Length: > 0 } known ? known.Rationale : control.Title);
            _json.WriteString("status", control.Failed > 0 ? "open" : "deviation-approved");
            if (control.Recommendation.Length > 0)
            {
                _json.WriteStartArray("remediations");
                _json.WriteStartObject();
                Uuid("uuid", StableId.Uuid("remediation", control.Id));
                _json.WriteString("lifecycle", "recommendation");
                _json.WriteString("title", control.Title);
                _json.WriteString("description", ReportJson.Sound(control.Recommendation));
                _json.WriteEndObject();
                _json.WriteEndArray();
            }

            WriteRelated(control);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteFindings()
    {
        if (_order.Count == 0) return;
        _json.WriteStartArray("findings");
        foreach (OscalControl control in _order)
        {
            _json.WriteStartObject();
            Uuid("uuid", StableId.Uuid("finding", control.Id));
            _json.WriteString("title", control.Title);
            _json.WriteString("description", control.Summary());
            _json.WriteStartObject("target");
            _json.WriteString("type", "objective-id");
            _json.WriteString("target-id", control.Token);
            _json.WriteStartObject("status");
            _json.WriteString("state", control.IsSatisfied ? "satisfied" : "not-satisfied");
            _json.WriteString("reason", control.StatusReason);
            _json.WriteEndObject();
            if (control.IsNowhereApplicable)
            {
                _json.WriteStartObject("implementation-status");
                _json.WriteString("state", "not-applicable");
                _json.WriteEndObject();
            }

            _json.WriteEndObject();
            WriteRelated(control);
            if (control.Failed > 0 || control.Exempt > 0)
            {
                _json.WriteStartArray("related-risks");
                _json.WriteStartObject();
                Uuid("risk-uuid", RiskUuid(control));
                _json.WriteEndObject();
                _json.WriteEndArray();
            }

            _json.WriteEndObject();
            ReportJson.FlushIfMuch(_json);
        }

        _json.WriteEndArray();
    }

    private void WriteRelated(OscalControl control)
    {
        _json.WriteStartArray("related-observations");
        foreach (Guid observation in control.Observations)
        {
            _json.WriteStartObject();
            Uuid("observation-uuid", observation);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteObjectives()
    {
        if (_order.Count == 0) return;
        _json.WriteStartObject("local-definitions");
        _json.WriteStartArray("objectives-and-methods");
        foreach (OscalControl control in _order)
        {
            _json.WriteStartObject();
            _json.WriteString("control-id", control.CatalogIds.FirstOrDefault() ?? control.Token);
            _json.WriteStartArray("parts");
            _json.WriteStartObject();
            _json.WriteString("id", control.Token);
            _json.WriteString("name", "assessment-objective");
            _json.WriteString("prose", control.Title);
            _json.WriteEndObject();
            _json.WriteEndArray();
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void WritePlan()
    {
        _json.WriteStartObject("back-matter");
        _json.WriteStartArray("resources");
        _json.WriteStartObject();
        Uuid("uuid", _plan);
        _json.WriteString("title", "The controls of PgSecurity");
        _json.WriteString("description", "There is no OSCAL assessment plan: every control that was selected was held against every server that was given.");
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private static string Description(Finding finding)
    {
        string[] parts =
        {
            $"{finding.Title}: {OutcomeWords.Of(finding.Outcome)}.",
            finding.Reason,
            finding.Observed.Length > 0 ? "Observed: " + finding.Observed : "",
            finding.Expected.Length > 0 && finding.Outcome != Outcome.Pass ? "Expected: " + finding.Expected : "",
        };
        return ReportJson.Sound(string.Join("\n\n", parts.Where(part => part.Length > 0)));
    }

    private static Guid ServerUuid(Finding finding) => StableId.Uuid("server", finding.ResourceId);

    private static Guid RiskUuid(OscalControl control) => StableId.Uuid("risk", control.Id);

    private void Uuid(string name, Guid id) => _json.WriteString(name, id.ToString("D"));

    private void Property(string name, string value, bool ours = true)
    {
        _json.WriteStartObject();
        _json.WriteString("name", name);
        if (ours) _json.WriteString("ns", Namespace);
        _json.WriteString("value", Line(value, "-"));
        _json.WriteEndObject();
    }

    /// <summary>Text on one line without blanks around it, as OSCAL's strings are; never empty.</summary>
    private static string Line(string text, string otherwise)
    {
        string line = string.Join(" ", ReportJson.Sound(text).Split(new[] { '\r', '\n', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029' }, StringSplitOptions.RemoveEmptyEntries)).Trim();
        return line.Length == 0 ? otherwise : line;
    }
}
