using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace PgSecurity.Shell;

/// <summary>
/// What the shell does when nothing is asked of it: it audits the sample estate and shows, in about a screen, how it
/// stands, what is worst, and how to see more.
/// </summary>
internal sealed class SampleAudit
{
    private const int WorstControls = 10;
    private const int WeakestServers = 5;
    private const string Run = "dotnet run --project src/PgSecurity.Shell --";

    private readonly ShellSession _session;
    private readonly TextWriter _output;

    /// <summary>Makes it for a session that is open.</summary>
    public SampleAudit(ShellSession session, TextWriter output)
    {
        _session = session;
        _output = output;
    }

    /// <summary>Audits and shows.</summary>
    /// <exception cref="RuntimeException">The estate cannot be audited.</exception>
    public void Show()
    {
        _session.Set("findings", _session.Collect("Get-PgSecurityFinding -Sample -IncludePassed -IncludeNotApplicable"));
        IReadOnlyList<PSObject> scores = _session.Collect("$findings | Measure-PgSecurity");
        IReadOnlyList<Finding> findings = Watched(_session.Collect("$findings"));

        ShowHead(findings);
        _session.Show(scores.Where(score => LevelOf(score) is "Estate" or "Section"));
        _session.Show(scores.Where(score => LevelOf(score) == "Server").OrderBy(ScoreOf).Take(WeakestServers));
        ShowWorst(findings.Where(finding => finding.Outcome == Outcome.Fail).ToList());
        ShowMore();
    }

    private List<Finding> Watched(IEnumerable<PSObject> items)
    {
        List<Finding> findings = [];
        foreach (PSObject item in items)
        {
            _session.Watch.See(item);
            findings.Add((Finding)item.BaseObject);
        }

        return findings;
    }

    private void ShowHead(IReadOnlyList<Finding> findings)
    {
        int servers = findings.Select(finding => finding.ResourceId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        int controls = findings.Select(finding => finding.ControlId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        _output.WriteLine($"The sample estate: {servers} servers of a fictional company against {controls} controls.");
        _output.WriteLine("Unknown is what could not be told. It never counts as passed.");
    }

    private void ShowWorst(List<Finding> failed)
    {
        _output.WriteLine($"The worst of {failed.Count} findings that failed:");
        _output.WriteLine();
        foreach (IGrouping<string, Finding> control in failed
            .GroupBy(finding => finding.ControlId)
            .OrderByDescending(control => control.First().Severity)
            .ThenByDescending(control => control.Count())
            .ThenBy(control => control.Key, StringComparer.Ordinal)
            .Take(WorstControls))
        {
            Finding first = control.First();
            _output.WriteLine(Fit($"{first.Severity,-8} {first.ControlId}  {first.Title}"));
            _output.WriteLine(Fit($"         {Servers(control.Select(finding => finding.ServerName).ToList())}"));
        }
    }

    private static string Servers(List<string> names) =>
        names.Count == 1 ? $"1 server: {names[0]}" : $"{names.Count} servers: {string.Join(", ", names)}";

    private static string Fit(string line)
    {
        int width = Hosting.Terminal.Width;
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }

    private void ShowMore()
    {
        _output.WriteLine();
        _output.WriteLine("To see more:");
        _output.WriteLine($"  {Run} -Command 'Get-PgSecurityFinding -Sample'");
        _output.WriteLine($"  {Run} -Command 'Get-PgSecurityFinding <your files>'");
        _output.WriteLine($"  {Run} -Command 'Get-Help Get-PgSecurityFinding -Full'");
    }

    private static string LevelOf(PSObject score) => ((SecurityScore)score.BaseObject).Level;

    private static double ScoreOf(PSObject score) => ((SecurityScore)score.BaseObject).Score ?? double.MaxValue;
}
