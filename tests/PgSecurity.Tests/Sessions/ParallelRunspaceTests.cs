using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using Xunit;

namespace PgSecurity.Tests.Sessions;

/// <summary>Four runspaces of one process, as ForEach-Object -Parallel and thread jobs use them, each with a connection and a journal of its own.</summary>
public sealed class ParallelRunspaceTests : IDisposable
{
    private const int Count = 4;

    /// <summary>The server that every estate has: with one id, and in each sandbox another one.</summary>
    private const string Shared = "psql-basket-prod";

    /// <summary>What happens at once stands between two meetings.</summary>
    private const string Script = """
        param($number, $snapshot, $journal, $control, $meeting)
        function Meet { if (-not $meeting.SignalAndWait([TimeSpan]::FromMinutes(3))) { throw "Runspace $number waits for the others in vain." } }
        $before = Get-PgSecurityContext
        Meet
        $context = Connect-PgSecurity -Sandbox -Snapshot $snapshot
        Meet
        $servers = Get-PgServer
        $found = Get-PgSecurityFinding -InputObject $servers
        Meet
        $shared = (Get-PgServer -ServerName psql-basket-prod).ResourceId
        $changes = Repair-PgSecurityFinding -ResourceId $shared -Control $control -JournalPath $journal -AllowConnectivityLoss
        Meet
        $after = Get-PgSecurityFinding -ResourceId $shared -IncludePassed
        $journaled = Get-PgSecurityChange -JournalPath $journal
        if ($number -eq 3) { Disconnect-PgSecurity }
        Meet
        [PSCustomObject] @{
            Before = $before; Context = $context; Servers = @($servers); Found = @($found); Changes = @($changes)
            After = @($after); Journaled = @($journaled); End = Get-PgSecurityContext
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void None_sees_the_connection_the_findings_or_the_journal_of_another()
    {
        string[][] estates = Estates();
        IReadOnlyList<PSObject> seen = Run(estates);
        for (int number = 0; number < Count; number++)
        {
            PSObject own = seen[number];
            Assert.Null(Context(own, "Before"));
            Assert.Equal("sandbox: " + SnapshotOf(number), Context(own, "Context")!.Source);
            Assert.Equal(number == 3 ? null : "sandbox: " + SnapshotOf(number), Context(own, "End")?.Source);

            Assert.Equal(estates[number].Select(NameOf).Order(), Objects(own, "Servers").Select(server => ((string)server.Properties["ResourceId"].Value).Split('/')[^1]).Order());
            Assert.Equal(estates[number].Select(NameOf).Order(), Objects(own, "Found").Select(FindingOf).Select(finding => finding.ServerName).Distinct().Order());

            Change change = Assert.IsType<Change>(Assert.Single(Objects(own, "Changes")).BaseObject);
            Assert.True(change.Status == ChangeStatus.Changed, change.Reason);
            Assert.Equal(change.ChangeId, Assert.IsType<Change>(Assert.Single(Objects(own, "Journaled")).BaseObject).ChangeId);
            Assert.Single(Directory.GetFiles(JournalOf(number)));

            // The same server failed both everywhere, and each sandbox has the one repair that was made in it.
            foreach (string control in (string[])["LOG-011", "DAT-002"])
            {
                Assert.Contains(Objects(own, "Found").Select(FindingOf), finding => finding.ServerName == Shared && finding.ControlId == control && finding.Outcome == Outcome.Fail);
                Finding after = Objects(own, "After").Select(FindingOf).Single(finding => finding.ControlId == control);
                Assert.Equal(control == ControlOf(number) ? Outcome.Pass : Outcome.Fail, after.Outcome);
            }
        }
    }

    private List<PSObject> Run(string[][] estates)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule(Repository.Manifest);
        using RunspacePool pool = RunspaceFactory.CreateRunspacePool(state);
        pool.SetMaxRunspaces(Count);
        pool.SetMinRunspaces(Count);
        pool.Open();
        using Barrier meeting = new(Count);
        List<PowerShell> pipelines = Enumerable.Range(0, Count).Select(number => Pipeline(pool, number, estates[number], meeting)).ToList();
        List<IAsyncResult> running = pipelines.Select(pipeline => pipeline.BeginInvoke()).ToList();
        List<PSObject> output = pipelines.Zip(running).Select(one => one.First.EndInvoke(one.Second)).Select(Assert.Single).ToList()!;
        Assert.Empty(pipelines.SelectMany(pipeline => pipeline.Streams.Error).Select(error => error.ToString()));
        pipelines.ForEach(pipeline => pipeline.Dispose());
        return output;
    }

    private PowerShell Pipeline(RunspacePool pool, int number, string[] estate, Barrier meeting)
    {
        File.WriteAllLines(SnapshotOf(number), estate);
        PowerShell pipeline = PowerShell.Create();
        pipeline.RunspacePool = pool;
        pipeline.AddScript(Script).AddParameter("number", number).AddParameter("snapshot", SnapshotOf(number))
            .AddParameter("journal", JournalOf(number)).AddParameter("control", ControlOf(number)).AddParameter("meeting", meeting);
        return pipeline;
    }

    /// <summary>Of the sample estate, the shared server and two of each one's own.</summary>
    private static string[][] Estates()
    {
        string[] lines = File.ReadAllLines(Repository.At("module", "Samples", "contoso.ndjson"));
        string shared = lines.Single(line => NameOf(line) == Shared);
        string[] others = lines.Where(line => NameOf(line) != Shared && IsOrdinary(line)).Take(Count * 2).ToArray();
        return Enumerable.Range(0, Count).Select(number => (string[])[shared, others[number * 2], others[(number * 2) + 1]]).ToArray();
    }

    /// <summary>A flexible server that follows no other and is followed by none.</summary>
    private static bool IsOrdinary(string line) =>
        ServerOf(line).Contains("/flexibleServers/", StringComparison.OrdinalIgnoreCase) && !line.Contains("AsyncReplica", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string line) => ServerOf(line).Split('/')[^1];

    private static string ServerOf(string line) =>
        System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("server").GetProperty("id").GetString()!;

    private string SnapshotOf(int number) => Path.Combine(_folder.FullPath, FormattableString.Invariant($"estate-{number}.ndjson"));

    private string JournalOf(int number) => Path.Combine(_folder.FullPath, FormattableString.Invariant($"journal-{number}"));

    private static string ControlOf(int number) => number < Count / 2 ? "LOG-011" : "DAT-002";

    private static SecurityContext? Context(PSObject seen, string name) => (seen.Properties[name].Value as PSObject)?.BaseObject as SecurityContext ?? seen.Properties[name].Value as SecurityContext;

    private static List<PSObject> Objects(PSObject seen, string name) =>
        ((IEnumerable<object>)seen.Properties[name].Value).Select(PSObject.AsPSObject).ToList();

    private static Finding FindingOf(PSObject item) => (Finding)item.BaseObject;
}
