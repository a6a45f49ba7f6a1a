using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace PgSecurity.Tests.Shell;

/// <summary>The shell of the configuration that the tests were built with; beside the tests it would not find the module's root.</summary>
internal static class ShellProcess
{
    internal static string Path
    {
        get
        {
            string[] configuration = AppContext.BaseDirectory.Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).TakeLast(2).ToArray();
            return Repository.At(["src", "PgSecurity.Shell", "bin", .. configuration, "PgSecurity.Shell.dll"]);
        }
    }

    /// <summary>Starts it with all three streams in hand.</summary>
    internal static Process Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string?>(), arguments);

    /// <summary>Starts it with other environment variables; one that is null is taken out.</summary>
    internal static Process Start(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (KeyValuePair<string, string?> variable in variables) start.Environment[variable.Key] = variable.Value;
        start.ArgumentList.Add(Path);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
