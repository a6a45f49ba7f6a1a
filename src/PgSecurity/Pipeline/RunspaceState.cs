using System;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Threading;
using PgSecurity.Controls;
using PgSecurity.Sessions;

namespace PgSecurity.Pipeline;

/// <summary>
/// What the module keeps between calls. It belongs to the runspace: in a process that many jobs share, none sees
/// another's.
/// </summary>
internal sealed class RunspaceState
{
    private static readonly ConditionalWeakTable<Runspace, RunspaceState> States = new();

    private readonly Lazy<ControlLibrary> _library = new(ControlLibrary.Load, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The state of the runspace that runs on this thread.</summary>
    public static RunspaceState Current => States.GetOrCreateValue(
        Runspace.DefaultRunspace ?? throw new InvalidOperationException("No runspace runs on this thread."));

    /// <summary>The connection; null before the first one and after it was closed.</summary>
    public Connection? Connection { get; set; }

    /// <summary>The controls and profiles of the module, read once.</summary>
    public ControlLibrary Library => _library.Value;
}
