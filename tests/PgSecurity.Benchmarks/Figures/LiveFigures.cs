using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Inventory;
using PgSecurity.Sandbox.Throttling;

namespace PgSecurity.Benchmarks;

/// <summary>
/// A live audit over a wire of 50 ms against the ideal schedule: as many requests at once as the client allows itself, none
/// of them later than it could be; and, under the service's rules, none before the service takes it.
/// </summary>
internal static class LiveFigures
{
    private const int ServersAtOnce = 8;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly int RequestsAtOnce = new ArmClientOptions().RequestsPerSubscription;

    public static async Task<IReadOnlyList<Figure>> TakeAsync(FigureOptions options)
    {
        // The first run compiles, and does not count.
        await AuditAsync(20, ThrottleLimits.Generous);
        return
        [
            await TakeAsync(options.Size(200), ThrottleLimits.Generous, "nothing is refused"),
            await TakeAsync(options.Size(200), ThrottleLimits.Documented, "the service's throttling rules"),
        ];
    }

    private static async Task<Figure> TakeAsync(int servers, ThrottleLimits limits, string rules)
    {
        (TimeSpan time, SlowTransport wire) = await AuditAsync(servers, limits);
        int requests = wire.Requests - wire.Refused;
        double bySchedule = Math.Ceiling(requests / (double)RequestsAtOnce) * Latency.TotalSeconds;
        double byRules = Math.Max(0, requests - limits.Reads.Size) / limits.Reads.PerSecond;
        double ideal = Math.Max(bySchedule, byRules);
        double ratio = time.TotalSeconds / ideal;
        return new Figure(
            FormattableString.Invariant($"Live audit of {servers} servers of one subscription on the sandbox, 50 ms a request, {rules}, against the ideal schedule ({requests} requests, {RequestsAtOnce} at once)"),
            $"{Measure.Text(ratio)} times ({Measure.Text(time.TotalSeconds, 1)} s for {Measure.Text(ideal, 1)} s; {Measure.Text(requests / (double)servers, 1)} requests a server, {wire.Refused} refused)",
            "at most 1.2 times",
            ratio <= 1.2);
    }

    private static async Task<(TimeSpan Time, SlowTransport Wire)> AuditAsync(int servers, ThrottleLimits limits)
    {
        SandboxEstate estate = SandboxEstate.Make(servers, limits, Latency);
        Progress progress = new("servers audited live", servers);
        int audited = 0;
        Stopwatch time = Stopwatch.StartNew();
        CollectionRun run = new(estate.Session, SnapshotAudit.Evaluator.RequiredFacets, CancellationToken.None);
        await Parallel.ForEachAsync(estate.Servers, new ParallelOptions { MaxDegreeOfParallelism = ServersAtOnce }, async (server, _) =>
        {
            CollectedServer collected = await run.CollectAsync(server);
            if (collected.Posture is null) throw new InvalidDataException(collected.Fault?.ToString());
            if (SnapshotAudit.Evaluator.Evaluate(collected.Posture).Count() == 0) throw new InvalidDataException("A server has no findings.");
            progress.Report(Interlocked.Increment(ref audited));
        });
        return (time.Elapsed, estate.Wire);
    }
}
