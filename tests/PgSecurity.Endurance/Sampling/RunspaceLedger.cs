using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace PgSecurity.Endurance.Sampling;

/// <summary>Runspaces that were closed, without holding them: one that is there after a collection is held by somebody.</summary>
internal sealed class RunspaceLedger
{
    private readonly List<WeakReference<Runspace>> _closed = new();

    /// <summary>How many of them somebody holds.</summary>
    public int Held
    {
        get
        {
            _closed.RemoveAll(one => !one.TryGetTarget(out _));
            return _closed.Count;
        }
    }

    /// <summary>Takes note of a runspace that has been closed.</summary>
    public void Closed(Runspace runspace) => _closed.Add(new WeakReference<Runspace>(runspace));
}
