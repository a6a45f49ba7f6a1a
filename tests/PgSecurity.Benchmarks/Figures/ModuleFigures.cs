using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Benchmarks;

/// <summary>How long the module makes a user wait, in PowerShell processes of their own: the middle of several.</summary>
internal static class ModuleFigures
{
    private const string Script = """
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Import-Module $env:PGSECURITY_MANIFEST
        $imported = $watch.Elapsed.TotalMilliseconds
        Get-PgSecurityFinding -Sample | ForEach-Object { [Console]::Out.WriteLine([string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $imported, $watch.Elapsed.TotalMilliseconds - $imported)); exit }
        """;

    public static IReadOnlyList<Figure> Take(FigureOptions options)
    {
        List<(double Import, double First)> runs = new();
        try
        {
            // The first run brings the files into memory and does not count.
            _ = Run(options.PowerShell);
            for (int i = 0; i < Math.Max(3, options.Size(11)); i++)
            {
                runs.Add(Run(options.PowerShell));
            }
        }
        catch (Win32Exception)
        {
            return [new Figure("`Import-Module` and the first finding", $"not measured: no {options.PowerShell} is installed", "150 ms, 400 ms", null)];
        }

        double import = Measure.Median(runs.Select(run => run.Import));
        double first = Measure.Median(runs.Select(run => run.First));
        return
        [
            new Figure("`Import-Module` in an empty session", $"{Measure.Text(import, 0)} ms (best {Measure.Text(runs.Min(run => run.Import), 0)})", "under 150 ms", import < 150),
            new Figure("First finding of the sample estate after it", $"{Measure.Text(first, 0)} ms (best {Measure.Text(runs.Min(run => run.First), 0)})", "under 400 ms", first < 400),
        ];
    }

    private static (double Import, double First) Run(string powerShell)
    {
        ProcessStartInfo start = new(powerShell) { RedirectStandardOutput = true };
        foreach (string argument in new[] { "-NoProfile", "-NonInteractive", "-Command", Script })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PGSECURITY_MANIFEST"] = Repository.Manifest;
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double[] times = output.Split('\n')[0].Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (times[0], times[1]);
    }
}
