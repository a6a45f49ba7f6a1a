using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Appliers;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Sandbox.Throttling;

namespace PgSecurity.Benchmarks;

/// <summary>One finding repaired on many servers over a wire of 50 ms, and the journal that every change is written to before it is made.</summary>
internal static class RepairFigures
{
    private const string Control = "LOG-006";
    private const string Parameter = "log_disconnections";
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Figure>> TakeAsync(FigureOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("pgsecurity-benchmark-").FullName;
        try
        {
            await RepairAsync(10, Path.Combine(folder, "warm"));
            return [await TakeAsync(options.Size(1_000), Path.Combine(folder, "journals")), Journal(options.Size(3_000), folder)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Figure> TakeAsync(int servers, string journals)
    {
        (TimeSpan time, SlowTransport wire, int changed) = await RepairAsync(servers, journals);
        if (changed != servers) throw new InvalidDataException(FormattableString.Invariant($"{changed} of {servers} servers were repaired."));
        int atOnce = new RoadOptions().ThrottleLimit;
        double ideal = wire.Requests / (double)atOnce * Latency.TotalSeconds;
        double ratio = time.TotalSeconds / ideal;
        double sideBySide = time.TotalSeconds / (wire.Requests / (double)new ArmClientOptions().RequestsPerSubscription * Latency.TotalSeconds);
        return new Figure(
            FormattableString.Invariant($"Repair of {Control} on {servers:N0} servers on the sandbox, 50 ms a request, against the ideal schedule ({wire.Requests:N0} requests, one a server at a time, {atOnce} servers at once)"),
            $"{Measure.Text(ratio)} times ({Measure.Text(time.TotalSeconds, 1)} s for {Measure.Text(ideal, 1)} s; {Measure.Text(wire.Requests / (double)servers, 1)} requests a server; {Measure.Text(sideBySide)} times a schedule with all {new ArmClientOptions().RequestsPerSubscription} requests at once that the client allows itself)",
            "at most 1.2 times",
            ratio <= 1.2);
    }

    private static async Task<(TimeSpan Time, SlowTransport Wire, int Changed)> RepairAsync(int servers, string journals)
    {
        SandboxEstate estate = SandboxEstate.Make(servers, ThrottleLimits.Generous, Latency, line => SandboxEstate.KeepOneParameter(line, Parameter, "off"));
        CompiledControl[] controls = [CompiledControl.Compile(ControlCatalog.Load(Repository.Controls).Find(Control)!, ControlSettings.None)];
        int changed = 0;
        Progress progress = new("servers repaired", servers);
        Stopwatch time = Stopwatch.StartNew();
        using ChangeJournal journal = ChangeJournal.Begin(journals);
        ChangeRun run = new(new ArmResourceService(estate.Session), new CollectedPostures(estate.Session), ArmRoadClock.Of(estate.Client), journal, new RoadOptions());
        await run.RunAsync(
            estate.Servers.Select(server => new ChangeRequest(server, controls)),
            change =>
            {
                if (change.Status == ChangeStatus.Changed) progress.Report(++changed);
                else Console.Error.WriteLine($"{change}: {change.Reason}");
            },
            CancellationToken.None);
        return (time.Elapsed, estate.Wire, changed);
    }

    /// <summary>Entries of the journal against bare appends of as many bytes to a file, each flushed to the disk.</summary>
    private static Figure Journal(int entries, string folder)
    {
        using ChangeJournal journal = ChangeJournal.Begin(Path.Combine(folder, "speed"));
        ServerId server = ServerId.Parse("/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/a");
        journal.Intend(Entry(journal, server, 0));
        TimeSpan journaled = Measure.Clock(() =>
        {
            for (int i = 1; i <= entries; i++)
            {
                journal.Intend(Entry(journal, server, i));
            }
        });

        byte[] line = new byte[new FileInfo(journal.FilePath).Length / (entries + 1)];
        using FileStream file = new(Path.Combine(folder, "bare"), FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        TimeSpan bare = Measure.Clock(() =>
        {
            for (int i = 0; i < entries; i++)
            {
                file.Write(line);
                file.Flush(flushToDisk: true);
            }
        });
        return new Figure(
            FormattableString.Invariant($"Journal: {entries:N0} entries of {line.Length} bytes, each flushed to the disk, against bare appends of as many bytes"),
            $"{Measure.Text(entries / journaled.TotalSeconds, 0)} a second, {Measure.Text(journaled / bare)} times the bare time",
            "",
            null);
    }

    private static JournalEntry Entry(ChangeJournal journal, ServerId server, int number) => new()
    {
        ChangeId = FormattableString.Invariant($"{number:x32}"),
        RunId = journal.RunId,
        Time = DateTimeOffset.UtcNow,
        Server = server,
        ControlIds = [Control],
        Step = "setServerParameter",
        TargetType = "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
        TargetId = server.Value + "/configurations/" + Parameter,
        TargetName = Parameter,
        Method = Core.Remediation.Service.WriteMethod.Put,
        Body = new JsonObject { ["properties"] = new JsonObject { ["value"] = "on", ["source"] = "user-override" } },
        Before = new JsonObject { ["properties"] = new JsonObject { ["value"] = "off", ["source"] = "system-default" } },
        From = "off",
        To = "on",
    };
}
