using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;

namespace PgSecurity.Tests;

/// <summary>A runspace of a real engine with the module imported from the repository root, as a user would.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        Run($"Import-Module '{Repository.Manifest}' -ErrorAction Stop");
        Run(UtilityStandIns.Script);
    }

    /// <summary>The errors of the last script.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; private set; } = [];

    /// <summary>The warnings of the last script.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>The verbose messages of the last script.</summary>
    public IReadOnlyList<string> Verbose { get; private set; } = [];

    /// <summary>The debug messages of the last script.</summary>
    public IReadOnlyList<string> Debug { get; private set; } = [];

    /// <summary>Runs a script and gives what it puts out. Non-terminating errors are in <see cref="Errors"/>.</summary>
    public IReadOnlyList<PSObject> Run(string script) => Run(script, input: null);

    /// <summary>Runs a script with input, which it finds in <c>$input</c>.</summary>
    public IReadOnlyList<PSObject> Run(string script, IEnumerable<object>? input)
    {
        using PowerShell pipeline = NewPipeline(script);
        try
        {
            return (input is null ? pipeline.Invoke() : pipeline.Invoke(input)).ToList();
        }
        finally
        {
            Errors = pipeline.Streams.Error.ToList();
            Warnings = pipeline.Streams.Warning.Select(record => record.Message).ToList();
            Verbose = pipeline.Streams.Verbose.Select(record => record.Message).ToList();
            Debug = pipeline.Streams.Debug.Select(record => record.Message).ToList();
            DemandCommands();
        }
    }

    /// <summary>
    /// Everything that a script gives on any stream, as text: objects with all their properties, errors with their details.
    /// </summary>
    public string Shown(string script)
    {
        IReadOnlyList<PSObject> output = Run($". {{ $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; {script} }} *>&1");
        IReadOnlyList<string> streams =
        [
            .. output.Select(Whole),
            .. Errors.Select(error => $"{error} {error.Exception} {error.ErrorDetails} {error.ErrorDetails?.RecommendedAction}"),
            .. Warnings, .. Verbose, .. Debug,
        ];
        Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'SilentlyContinue'");
        return string.Join('\n', streams);
    }

    private static string Whole(PSObject item) => item.BaseObject is Finding or Change or PlannedChange or MaskingChange
        ? JsonSerializer.Serialize(item.BaseObject, item.BaseObject.GetType())
        : PSSerializer.Serialize(item, 2);

    /// <summary>The engine package has few cmdlets of its own: a test whose script names one that is not there tests nothing.</summary>
    private void DemandCommands()
    {
        if (Errors.FirstOrDefault(error => error.Exception is CommandNotFoundException) is { } missing) throw new InvalidOperationException("The test's engine lacks a command: " + missing);
    }

    /// <summary>Runs a script that gives objects of one type, with no error.</summary>
    public IReadOnlyList<T> RunClean<T>(string script)
    {
        IReadOnlyList<PSObject> items = Run(script);
        Xunit.Assert.Empty(Errors.Select(error => error.ToString()));
        return items.Select(item => (T)item.BaseObject).ToList();
    }

    /// <summary>Connects to a sandbox on loopback, which takes any token.</summary>
    public SecurityContext ConnectTo(Uri address) => RunClean<SecurityContext>(
        $"$token = [Security.SecureString]::new(); 'any'.ToCharArray() | ForEach-Object {{ $token.AppendChar($_) }}; Connect-PgSecurity -Endpoint {address} -AccessToken $token").Single();

    /// <summary>A pipeline in the runspace, for what <see cref="Run(string)"/> cannot do.</summary>
    public PowerShell NewPipeline(string script)
    {
        PowerShell pipeline = PowerShell.Create(_runspace);
        pipeline.AddScript(script);
        return pipeline;
    }

    /// <summary>Goes to a folder.</summary>
    public void Go(string folder) => _runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(folder));

    /// <summary>Sets a variable.</summary>
    public void Set(string variable, object? value) => _runspace.SessionStateProxy.SetVariable(variable, value);

    public void Dispose() => _runspace.Dispose();
}
