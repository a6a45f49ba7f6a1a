using System;
using System.Management.Automation;
using System.Threading;

namespace PgSecurity.Pipeline;

/// <summary>What every cmdlet of the module has: a token that Ctrl+C cancels, and progress that ends when it ends.</summary>
public abstract class PgCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken Stop => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Does something that the token may end, as PowerShell ends a pipeline.</summary>
    private protected void Stoppable(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _stop.Dispose();
    }
}
