using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace PgSecurity.Endurance;

/// <summary>The sample estate behind HTTP, in a process of its own: what it keeps of each write is not this process's memory.</summary>
internal sealed class SandboxProcess : IDisposable
{
    private readonly Process _process;

    private SandboxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It does not answer with an address.</exception>
    public static SandboxProcess Start()
    {
        string[] configuration = AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).TakeLast(2).ToArray();
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(PgSecurity.Tests.Repository.At(["src", "PgSecurity.Shell", "bin", .. configuration, "PgSecurity.Shell.dll"]));
        start.ArgumentList.Add("sandbox");

        // The runtime has a socket of its own among the temporary files, which are counted here.
        start.Environment.Remove("TMPDIR");
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return Uri.TryCreate(process.StandardOutput.ReadLine(), UriKind.Absolute, out Uri? address)
            ? new SandboxProcess(process, address)
            : throw new InvalidOperationException("The sandbox did not start. Build the repository in the configuration that this was built in.");
    }

    /// <summary>Ends it: whoever serves a process ends with its input.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(30))) _process.Kill();
        _process.Dispose();
    }
}
