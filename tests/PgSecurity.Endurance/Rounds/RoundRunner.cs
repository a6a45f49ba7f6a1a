using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Threading;
using PgSecurity.Endurance.Sampling;
using PgSecurity.Tests;

namespace PgSecurity.Endurance.Rounds;

/// <summary>Runs rounds, each in a runspace of its own that is closed afterwards, and says what went wrong.</summary>
internal sealed class RoundRunner(RunspaceLedger ledger, Doorstep doorstep, Random random) : IDisposable
{
    private const string Verdicts = "verdicts:\n";

    /// <summary>The longest time until a round that is stopped is stopped, in milliseconds.</summary>
    private const int LongestPatience = 2500;

    private readonly Lazy<Runspace> _kept = new(Open, LazyThreadSafetyMode.None);
    private string? _verdicts;

    /// <summary>Runs a round.</summary>
    /// <param name="round">The round.</param>
    /// <param name="address">The sandbox's address.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Run(Round round, Uri address)
    {
        string folder = Directory.CreateTempSubdirectory("round-").FullName;
        try
        {
            string? wrong = In(round.KeepsRunspace ? _kept.Value : Open(), round.KeepsRunspace, runspace => RunIn(runspace, round, address, folder));
            return wrong ?? (round.Then is null ? null : In(Open(), false, runspace => RunIn(runspace, round with { Script = round.Then, Ending = Ending.Whole }, address, folder)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_kept.IsValueCreated) _kept.Value.Dispose();
    }

    private string? In(Runspace runspace, bool stays, Func<Runspace, string?> act)
    {
        try
        {
            return act(runspace);
        }
        finally
        {
            if (!stays)
            {
                runspace.Dispose();
                ledger.Closed(runspace);
            }
        }
    }

    private string? RunIn(Runspace runspace, Round round, Uri address, string folder)
    {
        using PowerShell pipeline = PowerShell.Create(runspace);
        using SecureString token = new();
        foreach (char letter in "any") token.AppendChar(letter);
        SessionStateProxy session = runspace.SessionStateProxy;
        session.SetVariable("address", address);
        session.SetVariable("token", token);
        session.SetVariable("folder", folder);
        session.SetVariable("doorstep", doorstep.Port);
        session.SetVariable("manifest", Repository.Manifest);
        pipeline.AddScript(round.Script);
        return round.Ending switch
        {
            Ending.Stopped => Stopped(pipeline),
            Ending.Thrown => Thrown(pipeline),
            _ => Whole(pipeline, round),
        };
    }

    private string? Whole(PowerShell pipeline, Round round)
    {
        string last;
        try
        {
            last = pipeline.Invoke().LastOrDefault()?.ToString() ?? "";
        }
        catch (RuntimeException failure)
        {
            return failure.ErrorRecord.ToString();
        }

        if (pipeline.Streams.Error.FirstOrDefault() is ErrorRecord error && !round.KeepsRunspace) return error.ToString();
        if (round.Expected is string expected) return last == expected ? null : $"'{last}' in place of '{expected}'";
        if (!last.StartsWith(Verdicts, StringComparison.Ordinal)) return null;
        _verdicts ??= last;
        return last == _verdicts ? null : "The estate is another one: " + string.Join("; ", last.Split('\n').Except(_verdicts.Split('\n')).Take(10));
    }

    /// <summary>Whatever was thrown must be what was meant to be.</summary>
    private static string? Thrown(PowerShell pipeline)
    {
        try
        {
            pipeline.Invoke();
            return "Nothing was thrown.";
        }
        catch (RuntimeException meant)
        {
            return meant.ErrorRecord.ToString() == "enough" ? null : meant.ErrorRecord.ToString();
        }
    }

    private string? Stopped(PowerShell pipeline)
    {
        IAsyncResult running = pipeline.BeginInvoke();
        running.AsyncWaitHandle.WaitOne(random.Next(LongestPatience));
        pipeline.Stop();
        try
        {
            pipeline.EndInvoke(running);
        }
        catch (PipelineStoppedException)
        {
            return null;
        }
        catch (RuntimeException failure)
        {
            return failure.ErrorRecord.ToString();
        }

        return null;
    }

    private static Runspace Open()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        state.ImportPSModule([Repository.Manifest]);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        return runspace;
    }
}
