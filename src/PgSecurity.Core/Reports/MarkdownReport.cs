using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Reports;

/// <summary>
/// A page for a pull request or a wiki: the score, the sections, what failed by control, what is unknown and why, what is
/// set aside. Text from servers is escaped, so that a name is never a link, a mention or markup.
/// </summary>
internal sealed class MarkdownReport(Stream output, ReportOptions options) : ReportWriter(options)
{
    /// <summary>The servers that a control names before it only counts the others.</summary>
    private const int Named = 20;

    private readonly List<Finding> _told = new();

    private protected override void Add(Finding finding)
    {
        if (finding.Outcome is Outcome.Fail or Outcome.Unknown or Outcome.Exempt) _told.Add(finding);
    }

    private protected override void Finish(ReportScores scores)
    {
        // A live audit gives servers as they are read: two of the same estate are to make one page.
        List<Finding> told = _told.OrderBy(finding => finding.ResourceId, StringComparer.OrdinalIgnoreCase)
            .ThenBy(finding => finding.ControlId, StringComparer.OrdinalIgnoreCase).ToList();
        using StreamWriter text = new(output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine($"# {MarkdownEscape.Line(Options.Title)}");
        text.WriteLine();
        text.WriteLine($"{Plural(scores.Estate.Servers, "server")}, {ReportJson.Time(Options.GeneratedAt)}, PgSecurity {MarkdownEscape.Line(Options.ToolVersion)}.");
        text.WriteLine();
        text.WriteLine(ScoreLine(scores));
        text.WriteLine();
        WriteSections(text, scores);
        foreach (IGrouping<Severity, Finding> severity in told.Where(finding => finding.Outcome == Outcome.Fail)
            .GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key))
        {
            text.WriteLine($"## Failed: {severity.Key}");
            text.WriteLine();
            foreach (IGrouping<string, Finding> control in ByControl(severity)) WriteControl(text, control);
        }

        WriteTable(text, told, "Unknown", "What could not be told never counts as passed.", Outcome.Unknown);
        WriteTable(text, told, "Exempt", "Set aside, with the reason.", Outcome.Exempt);
    }

    private static string ScoreLine(ReportScores scores)
    {
        SecurityScore estate = scores.Estate;
        string counts = $"{Number(estate.Failed)} failed ({Number(estate.CriticalFailed)} critical, {Number(estate.HighFailed)} high), "
            + $"{Number(estate.Unknown)} unknown, {Number(estate.Passed)} passed, {Number(estate.NotApplicable)} not applicable, {Number(estate.Exempt)} exempt.";
        if (!scores.IsKnown) return $"No score: the findings leave out what passed. {counts}";
        string range = estate.Unknown > 0 ? $", between {Score(estate.LowestScore)} and {Score(estate.HighestScore)} depending on what is unknown" : "";
        return $"**Score {Score(estate.Score)} of 100**{range}. {counts}";
    }

    private static void WriteSections(TextWriter text, ReportScores scores)
    {
        if (scores.Sections.Count == 0) return;
        text.WriteLine("| Section | Score | Failed | Critical | High | Unknown | Passed |");
        text.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (SecurityScore section in scores.Sections)
        {
            text.WriteLine($"| {MarkdownEscape.Line(ControlSections.TitleOf(section.Section))} | {(scores.IsKnown ? Score(section.Score) : "")} | {Number(section.Failed)} "
                + $"| {Number(section.CriticalFailed)} | {Number(section.HighFailed)} | {Number(section.Unknown)} | {Number(section.Passed)} |");
        }

        text.WriteLine();
    }

    private static IEnumerable<IGrouping<string, Finding>> ByControl(IEnumerable<Finding> findings) => findings
        .GroupBy(finding => finding.ControlId, StringComparer.OrdinalIgnoreCase)
        .OrderByDescending(control => control.Count())
        .ThenBy(control => control.Key, StringComparer.Ordinal);

    private static void WriteControl(TextWriter text, IGrouping<string, Finding> control)
    {
        Finding first = control.First();
        text.WriteLine($"### {MarkdownEscape.Line(first.ControlId)} {MarkdownEscape.Line(first.Title)}");
        text.WriteLine();
        if (first.Recommendation.Length > 0)
        {
            text.WriteLine(MarkdownEscape.Line(first.Recommendation));
            text.WriteLine();
        }

        foreach (Finding finding in control.Take(Named))
        {
            string seen = finding.Observed.Length > 0 ? finding.Observed : finding.Reason;
            text.WriteLine($"- **{MarkdownEscape.Line(finding.ServerName)}** ({MarkdownEscape.Line(finding.ResourceGroupName)}): {MarkdownEscape.Line(seen)}");
        }

        if (control.Count() > Named) text.WriteLine($"- and {Plural(control.Count() - Named, "server")} more");
        text.WriteLine();
    }

    private static void WriteTable(TextWriter text, List<Finding> told, string heading, string remark, Outcome outcome)
    {
        var rows = ByControl(told.Where(finding => finding.Outcome == outcome))
            .SelectMany(control => control.GroupBy(finding => finding.Reason, StringComparer.Ordinal))
            .ToList();
        if (rows.Count == 0) return;
        text.WriteLine($"## {heading}");
        text.WriteLine();
        text.WriteLine(remark);
        text.WriteLine();
        text.WriteLine("| Control | Servers | Reason |");
        text.WriteLine("| --- | --- | --- |");
        foreach (IGrouping<string, Finding> row in rows)
        {
            Finding first = row.First();
            string servers = string.Join(", ", row.Take(Named).Select(finding => MarkdownEscape.Line(finding.ServerName)));
            if (row.Count() > Named) servers += $" and {Number(row.Count() - Named)} more";
            text.WriteLine($"| {MarkdownEscape.Line(first.ControlId)} {MarkdownEscape.Line(first.Title)} | {servers} | {MarkdownEscape.Line(row.Key)} |");
        }

        text.WriteLine();
    }

    private static string Plural(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Score(double? score) => score is double known ? known.ToString("0.0", CultureInfo.InvariantCulture) : "not known";
}
