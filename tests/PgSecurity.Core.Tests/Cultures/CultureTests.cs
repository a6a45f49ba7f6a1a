using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Documentation;
using PgSecurity.Core.Exports;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Exports.ResourceGraph;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Snapshots;
using PgSecurity.Core.Tests.Controls;
using PgSecurity.Core.Tests.Reports;
using Xunit;

namespace PgSecurity.Core.Tests.Cultures;

/// <summary>What is read, judged and written is the same, byte for byte, whatever the culture of the thread.</summary>
public sealed class CultureTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Invariant = new(() => In(CultureInfo.InvariantCulture, Everything));

    public static TheoryData<string> Names => ["tr-TR", "de-DE", "ar-SA", "fa-IR", "th-TH"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdicts_reports_exports_snapshots_and_pages_are_those_of_the_invariant_culture(string name)
    {
        IReadOnlyDictionary<string, string> given = In(CultureInfo.GetCultureInfo(name), Everything);
        Assert.Equal(Invariant.Value.Keys, given.Keys);
        foreach ((string what, string text) in Invariant.Value) Assert.True(text == given[what], $"{what} differs in {name}: {Difference(text, given[what])}");
    }

    /// <summary>Where the machine has no data about cultures, every culture is the invariant one and the tests above hold nothing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_culture_writes_something_in_another_way(string name)
    {
        static string Written(CultureInfo culture) => ReportFindings.Now.ToString("d", culture) + (-1234.5).ToString("N", culture) + "i".ToUpper(culture);
        Assert.NotEqual(Written(CultureInfo.InvariantCulture), Written(CultureInfo.GetCultureInfo(name)));
    }

    private static T In<T>(CultureInfo culture, Func<T> work)
    {
        (CultureInfo own, CultureInfo ownForTexts) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            return work();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (own, ownForTexts);
        }
    }

    /// <summary>Everything that Core makes of the sample estate, by what it is. Nothing is taken from an earlier culture: the catalogue too is read anew.</summary>
    private static SortedDictionary<string, string> Everything()
    {
        SortedDictionary<string, string> made = new(StringComparer.Ordinal);
        ControlCatalog catalog = ControlCatalog.Load(RepositoryFiles.Controls);
        List<ControlError> errors = [];
        EvaluatorOptions options = new() { UtcNow = () => ReportFindings.Now, ExplainPassed = true };
        Evaluator evaluator = Evaluator.Create(catalog.Controls, ControlSettings.None, options, errors);
        Assert.Empty(catalog.Errors.Concat(errors));
        foreach ((string estate, string text) in Estates())
        {
            List<Posture> postures = PostureReader.ReadText(text, "estate.ndjson").Select(line => line.Posture!).ToList();
            made[$"snapshot of {estate}"] = Snapshot(postures);
            List<Finding> findings = postures.SelectMany(evaluator.Evaluate).ToList();
            foreach (ReportFormat format in Enum.GetValues<ReportFormat>()) made[$"{format} of {estate}"] = Report(format, findings, catalog);
        }

        made["hostile names"] = ReportFindings.Write(ReportFormat.Html, ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, "NET-001", Outcome.Fail)));
        AddExports(made, evaluator.Controls);
        foreach ((string name, string page) in ControlPages.Render(catalog)) made["page " + name] = page;
        return made;
    }

    /// <summary>The sample estate; and of a part of it every number negative and broken, and every word in capitals.</summary>
    private static IEnumerable<(string Name, string Text)> Estates()
    {
        string[] lines = File.ReadAllLines(RepositoryFiles.In("module", "Samples", "contoso.ndjson"));
        yield return ("the sample estate", string.Join('\n', lines));
        string text = string.Join('\n', lines.Where((_, at) => at % 4 == 0));
        yield return ("strange numbers", Regex.Replace(text, "(?<=:\"?)[1-9][0-9]{0,8}(?=\"?[,}])", "-$0.5"));
        yield return ("capitals", Regex.Replace(text, "(?<=:\")[A-Za-z0-9._ /-]+(?=\")", word => word.Value.StartsWith("pgsecurity/", StringComparison.Ordinal) ? word.Value : word.Value.ToUpperInvariant()));
    }

    private static string Snapshot(IEnumerable<Posture> postures)
    {
        StringWriter text = new(CultureInfo.CurrentCulture);
        foreach (Posture posture in postures) SnapshotWriter.Write(text, posture);
        return text.ToString();
    }

    private static string Report(ReportFormat format, IEnumerable<Finding> findings, ControlCatalog catalog) => ReportFindings.Write(format, findings, new ReportOptions
    {
        Title = "A report",
        GeneratedAt = ReportFindings.Now,
        ToolVersion = "1.2.3",
        Controls = catalog.Controls,
        History = [new(ReportFindings.Now.AddDays(-30), 40.25, 35.5, 45.75), new(ReportFindings.Now.AddDays(-10), 55, 50, 60)],
    });

    private static void AddExports(SortedDictionary<string, string> made, IReadOnlyList<CompiledControl> controls)
    {
        PolicyExport policies = PolicyExporter.Export(controls, new PolicyExportOptions { Scope = PolicyScope.Subscription(Guid.Empty) });
        foreach (PolicyFormat format in Enum.GetValues<PolicyFormat>())
        {
            foreach (ExportFile file in PolicyFiles.Of(policies, format)) made[$"policy {format} {file.Path}"] = file.Content;
        }

        foreach (ExportFile file in QueryFiles.Of(QueryExporter.Export(controls))) made["query " + file.Path] = file.Content;
    }

    private static string Difference(string wanted, string given)
    {
        int at = wanted.Zip(given).TakeWhile(pair => pair.First == pair.Second).Count();
        static string Around(string text, int at) => text.Substring(Math.Max(0, at - 60), Math.Min(text.Length, at + 60) - Math.Max(0, at - 60));
        return new StringBuilder().Append('«').Append(Around(wanted, at)).Append("» became «").Append(Around(given, at)).Append('»').ToString();
    }
}
