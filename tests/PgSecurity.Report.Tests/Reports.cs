using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Reports;

namespace PgSecurity.Report.Tests;

/// <summary>The pages that the tests open.</summary>
internal static class Reports
{
    private static readonly Lazy<ControlCatalog> Catalog = new(() => ControlCatalog.Load(At("module", "Controls")));
    private static readonly Lazy<IReadOnlyList<Finding>> Findings = new(AuditSample);

    /// <summary>The sample estate, with what passed and with two earlier scores.</summary>
    public static string Sample { get; } = Write(Findings.Value, "Sample estate");

    /// <summary>The findings on the sample estate.</summary>
    public static IReadOnlyList<Finding> SampleFindings => Findings.Value;

    /// <summary>A report of some findings.</summary>
    public static string Write(IEnumerable<Finding> findings, string title)
    {
        DateTimeOffset now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
        using MemoryStream output = new();
        using ReportWriter report = ReportWriter.Create(ReportFormat.Html, output, new ReportOptions
        {
            Title = title,
            GeneratedAt = now,
            ToolVersion = "1.2.3",
            Controls = Catalog.Value.Controls,
            History = [new(now.AddDays(-60), 60, 55, 66), new(now.AddDays(-30), 70, 65, 72)],
        });
        foreach (Finding finding in findings) report.Write(finding);
        report.Complete();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>A finding written by hand.</summary>
    public static Finding Finding(string server, string control, Outcome outcome, Severity severity = Severity.High, string reason = "", string section = "Network") => new()
    {
        ResourceId = $"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/{server}",
        ServerName = server,
        ResourceGroupName = "rg",
        SubscriptionId = "11111111-2222-3333-4444-555555555555",
        ControlId = control,
        Section = section,
        Title = $"Title of {control}",
        Severity = severity,
        Outcome = outcome,
        Reason = reason,
        Observed = outcome == Outcome.Fail ? "seen " + reason : "",
        Expected = outcome == Outcome.Fail ? "what passes" : "",
        Recommendation = outcome == Outcome.Fail ? "Do it." : "",
        IsRemediable = outcome == Outcome.Fail,
        Evidence = outcome == Outcome.Fail ? [new Evidence("/x/firewallRules/" + server, "properties.a", "seen " + reason, "other")] : [],
    };

    /// <summary>An estate as large as promised: every control of the catalogue on so many servers.</summary>
    public static IEnumerable<Finding> Large(int servers)
    {
        IReadOnlyList<ControlDefinition> controls = Catalog.Value.Controls;
        for (int server = 0; server < servers; server++)
        {
            for (int control = 0; control < controls.Count; control++)
            {
                Outcome outcome = (((server * 31) + (control * 17)) % 11) switch { 0 or 1 => Outcome.Fail, 2 => Outcome.Unknown, 3 => Outcome.NotApplicable, _ => Outcome.Pass };
                yield return Finding(
                    FormattableString.Invariant($"psql-{server:0000}-prod"), controls[control].Id, outcome, controls[control].Severity,
                    outcome == Outcome.Pass ? "" : FormattableString.Invariant($"reason {server} {control}"), controls[control].Section);
            }
        }
    }

    private static List<Finding> AuditSample()
    {
        List<ControlError> errors = [];
        Evaluator evaluator = Evaluator.Create(Catalog.Value.Controls, ControlSettings.None, new EvaluatorOptions { ExplainPassed = true, UtcNow = () => new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero) }, errors);
        return PostureReader.Read(At("module", "Samples", "contoso.ndjson"))
            .Where(result => result.Posture is not null).SelectMany(result => evaluator.Evaluate(result.Posture!)).ToList();
    }

    internal static string At(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PgSecurity.sln"))) return Path.Combine([folder.FullName, .. parts]);
        }

        throw new DirectoryNotFoundException("No PgSecurity.sln above the tests.");
    }
}
