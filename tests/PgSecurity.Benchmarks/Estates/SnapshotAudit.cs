using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Benchmarks;

/// <summary>
/// The audit of a snapshot as the cmdlet makes it: every control of the catalogue, those left out that need a login or the
/// wire; findings in the order of the input, a bounded number of servers under way.
/// </summary>
internal static class SnapshotAudit
{
    /// <summary>The controls, compiled.</summary>
    public static Evaluator Evaluator { get; } = Core.Findings.Evaluator.Create(
        ControlCatalog.Load(Repository.Controls).Controls, ControlSettings.None, new EvaluatorOptions { LeaveOutUnasked = true }, new List<ControlError>());

    /// <summary>Reads a snapshot.</summary>
    /// <param name="snapshot">The bytes.</param>
    /// <param name="threads">How many threads read.</param>
    public static IEnumerable<Posture> Read(Stream snapshot, int threads) => PostureReader
        .Read(snapshot, "benchmark", new PostureReaderOptions { MaximumThreads = threads })
        .Select(result => result.Posture ?? throw new InvalidDataException(result.Error?.ToString()));

    /// <summary>Audits a snapshot and gives the number of findings.</summary>
    /// <param name="snapshot">The bytes.</param>
    /// <param name="threads">How many threads read and evaluate; with one all is done on the caller's.</param>
    public static long Run(Stream snapshot, int threads)
    {
        IEnumerable<Posture> postures = Read(snapshot, threads);
        if (threads == 1) return postures.Sum(posture => (long)Evaluator.Evaluate(posture).Count());

        long findings = 0;
        Queue<Task<List<Finding>>> underWay = new();
        foreach (Posture posture in postures)
        {
            underWay.Enqueue(Task.Run(() => Evaluator.Evaluate(posture).ToList()));
            if (underWay.Count >= threads * 4) findings += underWay.Dequeue().Result.Count;
        }

        while (underWay.Count > 0)
        {
            findings += underWay.Dequeue().Result.Count;
        }

        return findings;
    }
}
