using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace PgSecurity.Core.Reports;

/// <summary>
/// JUnit's XML as build servers read it: a suite a server, a case a control. <i>Fail</i> is a failure. <i>Unknown</i> is an
/// error, so that no build takes it for a success. <i>NotApplicable</i> and <i>Exempt</i> are skipped, with the reason.
/// A server's suite is written when the next server comes, so findings are best in the order in which they are made; a
/// server that comes again has a second suite.
/// </summary>
internal sealed class JUnitReport : ReportWriter
{
    private readonly XmlWriter _xml;
    private readonly List<Finding> _suite = new();
    private int _suites;

    public JUnitReport(Stream output, ReportOptions options)
        : base(options)
    {
        _xml = XmlWriter.Create(output, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            Indent = true,
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
            CloseOutput = false,
        });
        _xml.WriteStartDocument();
        _xml.WriteStartElement("testsuites");
        Attribute("name", options.Title);
    }

    private protected override void Add(Finding finding)
    {
        if (_suite.Count > 0 && !string.Equals(_suite[0].ResourceId, finding.ResourceId, StringComparison.OrdinalIgnoreCase)) WriteSuite();
        _suite.Add(finding);
    }

    private protected override void Finish(ReportScores scores)
    {
        WriteSuite();
        _xml.WriteEndElement();
        _xml.WriteEndDocument();
        _xml.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _xml.Dispose();
        base.Dispose(disposing);
    }

    private void WriteSuite()
    {
        if (_suite.Count == 0) return;
        Finding first = _suite[0];
        _xml.WriteStartElement("testsuite");
        Attribute("name", first.ServerName);
        Attribute("id", Text(_suites++));
        Attribute("package", $"{first.SubscriptionId}/{first.ResourceGroupName}");
        Attribute("tests", Text(_suite.Count));
        Attribute("failures", Text(_suite.Count(finding => finding.Outcome == Outcome.Fail)));
        Attribute("errors", Text(_suite.Count(finding => finding.Outcome == Outcome.Unknown)));
        Attribute("skipped", Text(_suite.Count(finding => finding.Outcome is Outcome.NotApplicable or Outcome.Exempt)));
        Attribute("time", "0");
        Attribute("timestamp", (first.EvaluatedAt == default ? Options.GeneratedAt : first.EvaluatedAt).ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        WriteProperty(first.ResourceId);
        foreach (Finding finding in _suite) WriteCase(finding);
        _xml.WriteEndElement();
        _suite.Clear();
    }

    private void WriteProperty(string resourceId)
    {
        _xml.WriteStartElement("properties");
        _xml.WriteStartElement("property");
        Attribute("name", "resourceId");
        Attribute("value", resourceId);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void WriteCase(Finding finding)
    {
        _xml.WriteStartElement("testcase");
        Attribute("name", $"{finding.ControlId} {finding.Title}");
        Attribute("classname", $"{finding.ServerName}.{finding.Section}");
        Attribute("time", "0");
        if (FindingSource.Read(finding.Source) is { } source)
        {
            Attribute("file", source.Path);
            if (source.Line > 0) Attribute("line", Text(source.Line));
        }

        switch (finding.Outcome)
        {
            case Outcome.Fail:
                WriteResult("failure", finding.Severity.ToString(), finding);
                break;
            case Outcome.Unknown:
                WriteResult("error", nameof(Outcome.Unknown), finding);
                break;
            case Outcome.NotApplicable or Outcome.Exempt:
                _xml.WriteStartElement("skipped");
                Attribute("message", $"{finding.Outcome}: {finding.Reason}");
                _xml.WriteEndElement();
                break;
        }

        _xml.WriteEndElement();
    }

    private void WriteResult(string element, string type, Finding finding)
    {
        _xml.WriteStartElement(element);
        string message = finding.Outcome == Outcome.Unknown || finding.Observed.Length == 0 ? finding.Reason : finding.Observed;
        Attribute("message", message.Length > 0 ? message : finding.Title);
        Attribute("type", type);
        string[] lines =
        {
            finding.Reason,
            finding.Observed.Length > 0 ? "Observed: " + finding.Observed : "",
            finding.Expected.Length > 0 ? "Expected: " + finding.Expected : "",
            string.Join("\n", finding.Evidence.Select(piece => "- " + piece)),
            finding.Recommendation,
            finding.ResourceId,
        };
        _xml.WriteString(Sound(string.Join("\n", lines.Where(line => line.Length > 0))));
        _xml.WriteEndElement();
    }

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, Sound(value));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text of characters that XML 1.0 may hold; in the place of others stands U+FFFD.</summary>
    private static string Sound(string text)
    {
        string sound = ReportJson.Sound(text);
        for (int i = 0; i < sound.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(sound[i]) && !char.IsSurrogate(sound[i]))
            {
                return new string(sound.Select(character => XmlConvert.IsXmlChar(character) || char.IsSurrogate(character) ? character : '\uFFFD').ToArray());
            }
        }

        return sound;
    }
}
