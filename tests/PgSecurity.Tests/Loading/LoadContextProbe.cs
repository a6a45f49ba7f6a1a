using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace PgSecurity.Tests.Loading;

/// <summary>Runs a script in a fresh process with an engine and nothing else.</summary>
internal static class LoadContextProbe
{
    /// <summary>Runs it and gives the lines that it put out.</summary>
    /// <exception cref="InvalidOperationException">The script had an error.</exception>
    public static string[] Run(string script)
    {
        using TemporaryFolder folder = new();
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(ProbePath());
        start.ArgumentList.Add(folder.Write("probe.ps1", script));
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(errors.Result + output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The probe built with the configuration that this test was built with.</summary>
    private static string ProbePath()
    {
        string[] configuration = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .TakeLast(2).ToArray();
        return Repository.At(
            ["tests", "PgSecurity.LoadContextProbe", "bin", .. configuration, "PgSecurity.LoadContextProbe.dll"]);
    }
}
