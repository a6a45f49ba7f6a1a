using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading;

namespace PgSecurity.Database.Masking;

/// <summary>Runs a program of PostgreSQL. Secrets go by its environment, never by its arguments, which other users of the machine can read.</summary>
internal static class ProgramRun
{
    public static ProgramResult Of(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken stop)
    {
        using Process process = new();
        process.StartInfo = new ProcessStartInfo(program, CommandLine.Of(arguments))
        {
            UseShellExecute = false, CreateNoWindow = true, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (KeyValuePair<string, string?> variable in environment)
        {
            if (variable.Value is null) process.StartInfo.Environment.Remove(variable.Key);
            else process.StartInfo.Environment[variable.Key] = variable.Value;
        }

        StringBuilder errors = new();
        StringBuilder output = new();
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        Start(process, program);
        process.StandardInput.Dispose();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        using (stop.Register(() => Kill(process))) process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        lock (errors) lock (output) return new ProgramResult(process.ExitCode, output.ToString(), errors.ToString());
    }

    private static void Start(Process process, string program)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception cause)
        {
            throw new MaskingException("PgDumpMissing", program, $"The program '{program}' cannot be run: {cause.Message}.", "Install PostgreSQL's client programs of the server's version, or name pg_dump with -PgDump.", cause);
        }
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null) text.AppendLine(line);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
