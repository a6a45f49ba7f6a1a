using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Reports;

/// <summary>
/// A table by RFC 4180: a header, a finding a line, lines that end with CR LF. A cell that a spreadsheet would take for a
/// formula gets an apostrophe before it, as OWASP advises; no text of ours starts so.
/// </summary>
internal sealed class CsvReport : ReportWriter
{
    private static readonly (string Name, Func<Finding, string> Value)[] Columns =
    {
        (nameof(Finding.SubscriptionId), finding => finding.SubscriptionId),
        (nameof(Finding.ResourceGroupName), finding => finding.ResourceGroupName),
        (nameof(Finding.ServerName), finding => finding.ServerName),
        (nameof(Finding.Section), finding => finding.Section),
        (nameof(Finding.ControlId), finding => finding.ControlId),
        (nameof(Finding.Title), finding => finding.Title),
        (nameof(Finding.Severity), finding => finding.Severity.ToString()),
        (nameof(Finding.Outcome), finding => finding.Outcome.ToString()),
        (nameof(Finding.Reason), finding => finding.Reason),
        (nameof(Finding.Observed), finding => finding.Observed),
        (nameof(Finding.Expected), finding => finding.Expected),
        (nameof(Finding.Recommendation), finding => finding.Recommendation),
        (nameof(Finding.IsRemediable), finding => finding.IsRemediable ? "True" : "False"),
        (nameof(Finding.Exemption), finding => finding.Exemption ?? ""),
        (nameof(Finding.Benchmarks), finding => string.Join("; ", finding.Benchmarks)),
        (nameof(Finding.Evidence), finding => string.Join("; ", finding.Evidence)),
        (nameof(Finding.Source), finding => finding.Source),
        (nameof(Finding.EvaluatedAt), finding => finding.EvaluatedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        (nameof(Finding.ResourceId), finding => finding.ResourceId),
    };

    private readonly StreamWriter _text;

    public CsvReport(Stream output, ReportOptions options)
        : base(options)
    {
        _text = new StreamWriter(output, new UTF8Encoding(options.HasByteOrderMark), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        _text.WriteLine(string.Join(",", Columns.Select(column => column.Name)));
    }

    private protected override void Add(Finding finding)
    {
        for (int i = 0; i < Columns.Length; i++)
        {
            if (i > 0) _text.Write(',');
            _text.Write(Cell(Columns[i].Value(finding)));
        }

        _text.WriteLine();
    }

    private protected override void Finish(ReportScores scores) => _text.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }

    private static string Cell(string text)
    {
        string shown = Shown(text);
        string safe = IsFormula(shown) ? "'" + shown : shown;
        return safe.IndexOfAny(new[] { ',', '"', '\r', '\n', ';', '\t', '\'' }) < 0 && safe.Trim().Length == safe.Length
            ? safe
            : "\"" + string.Join("\"\"", safe.Split('"')) + "\"";
    }

    /// <summary>Control characters are written out, as in the Markdown report: a table is shown in terminals too, which obey them.</summary>
    private static string Shown(string text) =>
        text.All(character => !IsObeyed(character))
            ? text
            : string.Concat(text.Select(character => IsObeyed(character)
                ? string.Format(CultureInfo.InvariantCulture, "(U+{0:X4})", (int)character)
                : character.ToString()));

    private static bool IsObeyed(char character) => char.IsControl(character) && character is not ('\t' or '\r' or '\n');

    /// <summary>
    /// Whether a spreadsheet reads it as a formula: = + - @ as the first character that shows, their full-width forms,
    /// and a tab or a line break first, which some programs skip.
    /// </summary>
    private static bool IsFormula(string text)
    {
        if (text.Length == 0) return false;
        if (text[0] is '\t' or '\r' or '\n') return true;
        string shown = text.TrimStart(' ', '\u00A0', '\u3000', '\uFEFF', '\u200B', '"', '\'');
        return shown.Length > 0 && shown[0] is '=' or '+' or '-' or '@' or '|' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\u2212';
    }
}
