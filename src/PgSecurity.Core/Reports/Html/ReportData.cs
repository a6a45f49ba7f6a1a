using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Reports.Html;

/// <summary>
/// The findings as the page's script reads them: numbers that point to a table of texts, so that a thousand servers are a
/// few megabytes. What passed has no evidence there.
/// </summary>
internal sealed class ReportData(Func<string, ControlDefinition?> controlOf, string sourceRoot)
{
    private const int FirstText = 5;

    private StringTable _texts = new();
    private readonly Dictionary<string, int> _controlPlaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _serverPlaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Finding> _controls = new();
    private readonly List<Finding> _servers = new();
    private List<int[]> _findings = new();

    public void Add(Finding finding)
    {
        List<int> row = new(16)
        {
            PlaceOf(finding, finding.ResourceId, _serverPlaces, _servers),
            PlaceOf(finding, finding.ControlId, _controlPlaces, _controls),
            (int)finding.Outcome,
            (int)finding.Severity,
            finding.IsRemediable ? 1 : 0,
            _texts.PlaceOf(finding.Reason),
            _texts.PlaceOf(finding.Observed),
            _texts.PlaceOf(finding.Expected),
            _texts.PlaceOf(finding.Recommendation),
            _texts.PlaceOf(finding.Exemption ?? ""),
            _texts.PlaceOf(FindingSource.Shown(finding.Source, sourceRoot)),
        };
        if (finding.Outcome is not (Outcome.Pass or Outcome.NotApplicable))
        {
            foreach (Evidence piece in finding.Evidence)
            {
                row.Add(_texts.PlaceOf(Short(piece.ResourceId, finding.ResourceId)));
                row.Add(_texts.PlaceOf(piece.Field));
                row.Add(_texts.PlaceOf(piece.Observed));
                row.Add(_texts.PlaceOf(piece.Expected));
            }
        }

        _findings.Add(row.ToArray());
    }

    /// <summary>Writes the data, with every <c>&lt;</c> escaped, so that no text can end the element it stands in.</summary>
    public void WriteTo(Stream output, ReportScores scores)
    {
        Order();
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = ReportJson.Encoder, SkipValidation = true });
        json.WriteStartObject();
        json.WriteBoolean("scoreIsKnown", scores.IsKnown);
        json.WriteStartArray("sections");
        foreach (string section in _controls.Select(control => control.Section).Distinct(StringComparer.Ordinal).OrderBy(ControlSections.OrderOf).ThenBy(name => name, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            json.WriteStringValue(HtmlText.Visible(section));
            json.WriteStringValue(HtmlText.Visible(ControlSections.TitleOf(section)));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteControls(json);
        WriteServers(json, scores);
        WriteFindings(json);
        json.WriteStartArray("texts");
        foreach (string text in _texts.Texts)
        {
            json.WriteStringValue(text);
            ReportJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Servers by id, controls by section and id: a live audit gives servers as they are read, and two of the same estate are to make one page.</summary>
    private void Order()
    {
        int[] servers = Order(_servers, _servers.OrderBy(first => first.ResourceId, StringComparer.OrdinalIgnoreCase));
        int[] controls = Order(_controls, _controls.OrderBy(first => ControlSections.OrderOf(first.Section)).ThenBy(first => first.ControlId, StringComparer.OrdinalIgnoreCase));
        foreach (int[] row in _findings)
        {
            row[0] = servers[row[0]];
            row[1] = controls[row[1]];
        }

        _findings = _findings.OrderBy(row => row[0]).ThenBy(row => row[1]).ToList();
        StringTable texts = new();
        foreach (int[] row in _findings)
        {
            for (int at = FirstText; at < row.Length; at++) row[at] = texts.PlaceOf(_texts.Texts[row[at]]);
        }

        _texts = texts;
    }

    /// <summary>Puts a list in order, and gives each old place its new one.</summary>
    private static int[] Order(List<Finding> firsts, IEnumerable<Finding> ordered)
    {
        Dictionary<Finding, int> old = firsts.Select((first, place) => (first, place)).ToDictionary(pair => pair.first, pair => pair.place);
        List<Finding> sorted = ordered.ToList();
        int[] places = new int[sorted.Count];
        for (int place = 0; place < sorted.Count; place++) places[old[sorted[place]]] = place;
        firsts.Clear();
        firsts.AddRange(sorted);
        return places;
    }

    private void WriteControls(Utf8JsonWriter json)
    {
        json.WriteStartArray("controls");
        foreach (Finding first in _controls)
        {
            ControlDefinition? control = controlOf(first.ControlId);
            json.WriteStartObject();
            json.WriteString("id", HtmlText.Visible(first.ControlId));
            json.WriteString("title", HtmlText.Visible(first.Title));
            json.WriteString("section", HtmlText.Visible(first.Section));
            json.WriteNumber("severity", (int)first.Severity);
            if (RepairCommand.Argument(first.ControlId) is { } argument) json.WriteString("argument", argument);
            if (control is { Rationale.Length: > 0 }) json.WriteString("why", control.Rationale);
            if (control is { Impact.Length: > 0 }) json.WriteString("impact", control.Impact);
            json.WriteStartArray("benchmarks");
            foreach (BenchmarkReference reference in first.Benchmarks) json.WriteStringValue(HtmlText.Visible(reference.ToString()));
            json.WriteEndArray();
            json.WriteStartArray("references");
            foreach (string address in (control?.References ?? Array.Empty<string>()).Where(address => address.StartsWith("https://", StringComparison.Ordinal))) json.WriteStringValue(address);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteServers(Utf8JsonWriter json, ReportScores scores)
    {
        Dictionary<string, SecurityScore> byId = scores.Servers.ToDictionary(score => score.ResourceId, StringComparer.OrdinalIgnoreCase);
        json.WriteStartArray("servers");
        foreach (Finding first in _servers)
        {
            SecurityScore score = byId[first.ResourceId];
            json.WriteStartObject();
            json.WriteString("id", HtmlText.Visible(first.ResourceId));
            json.WriteString("name", HtmlText.Visible(first.ServerName));
            json.WriteString("group", HtmlText.Visible(first.ResourceGroupName));
            json.WriteString("subscription", HtmlText.Visible(first.SubscriptionId));
            if (scores.IsKnown && score.Score is double known) json.WriteNumber("score", known);
            if (RepairCommand.For(first.ResourceId) is { } command) json.WriteString("command", command);
            json.WriteEndObject();
            ReportJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    private void WriteFindings(Utf8JsonWriter json)
    {
        json.WriteStartArray("findings");
        foreach (int[] row in _findings)
        {
            json.WriteStartArray();
            foreach (int number in row) json.WriteNumberValue(number);
            json.WriteEndArray();
            ReportJson.FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    /// <summary>A resource below the server by its path from there; the server itself by nothing.</summary>
    private static string Short(string resourceId, string serverId) =>
        !resourceId.StartsWith(serverId, StringComparison.OrdinalIgnoreCase) ? resourceId : resourceId.Substring(serverId.Length).TrimStart('/');

    private static int PlaceOf(Finding finding, string id, Dictionary<string, int> places, List<Finding> firsts)
    {
        if (places.TryGetValue(id, out int place)) return place;
        places.Add(id, firsts.Count);
        firsts.Add(finding);
        return firsts.Count - 1;
    }
}
