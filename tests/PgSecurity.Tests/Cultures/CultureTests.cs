using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Tests.Cultures;

/// <summary>What the cmdlets write is the same, byte for byte, whatever the culture of the session.</summary>
public sealed class CultureTests
{
    /// <summary>The members of journals and snapshots that are of the run, not of what it did.</summary>
    private static readonly string[] OfTheRun = ["time", "run", "change", "milliseconds", "requestId", "collectedAt"];

    /// <summary>The times that reports tell, only as the invariant culture writes them: another calendar or other digits stay, and differ.</summary>
    private static readonly Regex Times = new("[0-3]?[0-9] (January|February|March|April|May|June|July|August|September|October|November|December) 2[0-9]{3}, [0-2][0-9]:[0-5][0-9] UTC|2[0-9]{3}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?( ?(Z|UTC|[+]00:00))?", RegexOptions.CultureInvariant);

    /// <summary>The ids that OSCAL makes of what it holds, times among it: UUIDs of version 5.</summary>
    private static readonly Regex Uuids = new("[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", RegexOptions.CultureInvariant);

    /// <summary>The ids of requests, which reasons and errors tell.</summary>
    private static readonly Regex Requests = new("(Request|Correlation) id [0-9a-f-]{36}", RegexOptions.CultureInvariant);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Invariant = new(() => Written(""));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void Reports_exports_snapshot_plan_and_journal_are_those_of_the_invariant_culture(string culture)
    {
        IReadOnlyDictionary<string, string> written = Written(culture);
        Assert.Equal(Invariant.Value.Keys, written.Keys);
        foreach ((string what, string text) in Invariant.Value) Assert.True(text == written[what], $"{what} differs in {culture}: {Difference(text, written[what])}");
    }

    /// <summary>Each culture has a session, a sandbox and a folder of its own.</summary>
    private static SortedDictionary<string, string> Written(string culture)
    {
        using ModuleSession session = new();
        using TemporaryFolder folder = TemporaryFolder.CurrentOf(session);
        IReadOnlyList<object> output = session.Run($$"""
            $culture = [Globalization.CultureInfo]::GetCultureInfo('{{culture}}')
            [Threading.Thread]::CurrentThread.CurrentCulture = $culture
            [Threading.Thread]::CurrentThread.CurrentUICulture = $culture
            $null = Connect-PgSecurity -Sandbox
            $found = @{}
            Get-PgServer | Get-PgSecurityFinding -IncludePassed -IncludeNotApplicable | & { process {
                if (-not $found.ContainsKey($_.ResourceId)) { $found[$_.ResourceId] = [Collections.Generic.List[object]]::new() }
                $found[$_.ResourceId].Add($_) } }
            $ids = [string[]] $found.Keys
            [Array]::Sort($ids, [StringComparer]::Ordinal)
            $findings = foreach ($id in $ids) { $found[$id] }
            foreach ($name in 'r.html', 'r.md', 'r.csv', 'r.json', 'r.sarif', 'r.oscal.json', 'r.xml') { $findings | Export-PgSecurityReport $name }
            $null = Export-PgSecurityPolicy policy -SubscriptionId 00000000-0000-0000-0000-000000000001
            $null = Export-PgSecurityQuery query
            $null = Export-PgSecuritySnapshot snapshot.ndjson
            Repair-PgSecurityFinding -ResourceId (Get-PgServer).ResourceId -PlanOnly -JournalPath journal
            $null = Repair-PgSecurityFinding -ResourceId (Get-PgServer -ServerName psql-basket-prod).ResourceId -JournalPath journal -AllowRestart -AllowConnectivityLoss -AllowCost
            if ([Globalization.CultureInfo]::CurrentCulture.Name -ne $culture.Name) { throw 'The culture did not stay.' }
            """).Select(item => item.BaseObject).ToList();
        SortedDictionary<string, string> written = new(StringComparer.Ordinal)
        {
            ["plan"] = Sorted(output.OfType<PlannedChange>().Select(planned => JsonSerializer.Serialize(planned))),
            ["warnings"] = Sorted(session.Warnings),
            ["errors"] = Sorted(session.Errors.Select(error => error.ToString())),
        };
        Assert.NotEmpty(written["plan"]);
        foreach (string path in Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories)) written[NameOf(folder, path)] = Comparable(path);
        Assert.Contains("journal", written.Keys);
        return written;
    }

    /// <summary>A journal's name has the time and the run.</summary>
    private static string NameOf(TemporaryFolder folder, string path)
    {
        string name = Path.GetRelativePath(folder.FullPath, path).Replace('\\', '/');
        return Regex.IsMatch(name, "^journal/2[0-9]{7}T[0-9]{6}Z-[0-9a-f]{32}[.]jsonl$") ? "journal" : name;
    }

    private static string Comparable(string path)
    {
        IEnumerable<string> lines = File.ReadLines(path);
        return Path.GetExtension(path) switch
        {
            ".ndjson" => Sorted(lines.Select(WithoutTheRun)),
            ".jsonl" => WithoutRequests(string.Join('\n', lines.Select(WithoutTheRun))),
            _ => Uuids.Replace(Times.Replace(WithoutRequests(File.ReadAllText(path)), "(time)"), "(uuid)"),
        };
    }

    /// <summary>Servers are read and planned side by side, and come as they are done.</summary>
    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Select(WithoutRequests).Order(StringComparer.Ordinal));

    private static string WithoutRequests(string text) => Requests.Replace(text, "(request)");

    private static string WithoutTheRun(string line)
    {
        JsonObject content = JsonNode.Parse(line)!.AsObject();
        foreach (string name in OfTheRun) content.Remove(name);
        return content.ToJsonString();
    }

    private static string Difference(string wanted, string given)
    {
        int at = wanted.Zip(given).TakeWhile(pair => pair.First == pair.Second).Count();
        static string Around(string text, int at) => text.Substring(Math.Max(0, at - 60), Math.Min(text.Length, at + 60) - Math.Max(0, at - 60));
        return $"«{Around(wanted, at)}» became «{Around(given, at)}»";
    }
}
