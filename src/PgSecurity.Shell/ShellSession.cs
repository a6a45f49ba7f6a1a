using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;
using PgSecurity.Shell.Hosting;

namespace PgSecurity.Shell;

/// <summary>A runspace on this console with the module imported.</summary>
internal sealed class ShellSession : IDisposable
{
    /// <summary>A trap holds for the whole text, wherever it stands; here it moves no line.</summary>
    private const string EndAtTerminatingError = "\ntrap { break }";

    /// <summary>Puts an error onto the error stream, where Out-Default knows it as one.</summary>
    private const string WriteError = "[CmdletBinding()] param($Record) $PSCmdlet.WriteError($Record)";

    private readonly ConsoleHost _host;
    private readonly Runspace _runspace;
    private PowerShell? _running;

    private ShellSession(ConsoleHost host, Runspace runspace)
    {
        _host = host;
        _runspace = runspace;
        Console.CancelKeyPress += Cancel;
    }

    /// <summary>What the pipelines put out so far.</summary>
    public OutcomeWatch Watch { get; } = new();

    /// <summary>The exit code that a script asked for; null where none did.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>Opens a session and imports the module.</summary>
    /// <exception cref="RuntimeException">The module cannot be imported.</exception>
    public static ShellSession Open()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        state.Commands.Add(new SessionStateCmdletEntry(WatchOutcomeCommand.Name, typeof(WatchOutcomeCommand), null));

        ConsoleHost host = new();
        Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        ShellSession session = new(host, runspace);
        session.Import(ModuleLocation.ManifestPath());
        return session;
    }

    /// <summary>
    /// Runs a script text and shows what it puts out, errors included. A terminating error of a statement, such as a
    /// cmdlet's, ends the text, as <c>throw</c> does.
    /// </summary>
    /// <returns>Whether it ran to its end; false after a terminating error, which has been shown.</returns>
    public bool Run(string script)
    {
        using PowerShell pipeline = NewPipeline();
        pipeline.AddScript(script + EndAtTerminatingError);
        return InvokeAndShow(pipeline);
    }

    /// <summary>Sets a variable of the session.</summary>
    public void Set(string variable, object value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    /// <summary>Shows objects as the end of a pipeline does.</summary>
    public void Show(IEnumerable<PSObject> items)
    {
        using PowerShell pipeline = NewPipeline();
        pipeline.AddCommand("Out-Default");
        pipeline.Invoke(items);
    }

    /// <summary>Runs a script text and gives what it puts out.</summary>
    /// <exception cref="RuntimeException">A terminating error, or any error at all: the caller needs the whole answer.</exception>
    public Collection<PSObject> Collect(string script)
    {
        using PowerShell pipeline = NewPipeline();
        pipeline.AddScript(script);
        Collection<PSObject> items = Invoke(pipeline, null);
        if (pipeline.Streams.Error.FirstOrDefault() is { } error) throw new RuntimeException(error.ToString(), error.Exception, error);
        return items;
    }

    /// <summary>The module's cmdlets.</summary>
    public IReadOnlyList<CommandInfo> Cmdlets() =>
        Collect("Get-Command -Module PgSecurity -CommandType Cmdlet").Select(item => (CommandInfo)item.BaseObject).ToList();

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= Cancel;
        _runspace.Dispose();
    }

    private void Import(string manifest)
    {
        using PowerShell pipeline = NewPipeline();
        pipeline.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop);
        pipeline.Invoke();
    }

    private bool InvokeAndShow(PowerShell pipeline)
    {
        // Errors go the way of the output, so that they appear where they happened; Out-Default knows them.
        pipeline.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.AddCommand(WatchOutcomeCommand.Name).AddParameter(nameof(WatchOutcomeCommand.Watch), Watch);
        pipeline.AddCommand("Out-Default");
        try
        {
            Invoke(pipeline, null);
            return true;
        }
        catch (PipelineStoppedException)
        {
            Console.Error.WriteLine("Stopped.");
            return false;
        }
        catch (RuntimeException failure)
        {
            ShowError(failure.ErrorRecord);
            return false;
        }
    }

    private Collection<PSObject> Invoke(PowerShell pipeline, IEnumerable<PSObject>? input)
    {
        _running = pipeline;
        try
        {
            return pipeline.Invoke(input);
        }
        finally
        {
            _running = null;
        }
    }

    private void ShowError(ErrorRecord error)
    {
        using PowerShell pipeline = NewPipeline();
        pipeline.AddScript(WriteError).AddParameter("Record", error);
        pipeline.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.AddCommand("Out-Default").Invoke();
    }

    private PowerShell NewPipeline()
    {
        PowerShell pipeline = PowerShell.Create();
        pipeline.Runspace = _runspace;
        return pipeline;
    }

    private void Cancel(object? sender, ConsoleCancelEventArgs request)
    {
        if (_running is not { } pipeline) return;
        request.Cancel = true;
        pipeline.BeginStop(null, null);
    }
}
