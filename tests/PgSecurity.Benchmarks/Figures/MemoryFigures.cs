using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Benchmarks;

/// <summary>The peak memory of an audit, in a process of its own each, over that of a process that audits nothing.</summary>
internal static class MemoryFigures
{
    /// <summary>What the child process is started with.</summary>
    public const string ChildVerb = "audit-in-child";

    private const double Megabyte = 1024 * 1024;
    private const double TargetMegabytes = 150;

    public static IReadOnlyList<Figure> Take(FigureOptions options)
    {
        double host = Peak(0);
        int few = options.Size(10_000);
        int many = options.Size(100_000);
        double small = Peak(few) - host;
        double large = Peak(many) - host;
        return
        [
            new Figure(
                FormattableString.Invariant($"Peak memory of the audit of {few:N0} and of {many:N0} postures over the host's {Measure.Text(host, 0)} MB"),
                $"{Measure.Text(small, 0)} MB and {Measure.Text(large, 0)} MB",
                "the same, under 150 MB",
                large < TargetMegabytes && small < TargetMegabytes && large < small * 1.2),
        ];
    }

    /// <summary>Audits as many postures as the argument says, and prints the process's peak in bytes.</summary>
    public static int RunChild(string[] arguments)
    {
        int count = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        if (count > 0)
        {
            Progress progress = new("postures in memory", count);
            SnapshotAudit.Run(new SnapshotBytes(SampleLines.AsTheyAre(), count, progress), Environment.ProcessorCount);
        }

        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Peak(int count)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (IsHost(Environment.ProcessPath!)) start.ArgumentList.Add(typeof(MemoryFigures).Assembly.Location);
        start.ArgumentList.Add(ChildVerb);
        start.ArgumentList.Add(count.ToString(CultureInfo.InvariantCulture));
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return long.Parse(output.Split('\n').First(line => line.Length > 0), CultureInfo.InvariantCulture) / Megabyte;
    }

    private static bool IsHost(string path) => System.IO.Path.GetFileNameWithoutExtension(path) == "dotnet";
}
