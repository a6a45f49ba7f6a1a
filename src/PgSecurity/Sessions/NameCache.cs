using System;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Credentials;
using PgSecurity.Azure.Inventory;

namespace PgSecurity.Sessions;

/// <summary>
/// The names that a connection sees, for completion. Whoever types waits a moment at most: what comes later is there at the
/// next press of Tab, and what is there is offered while newer names are on their way.
/// </summary>
internal sealed class NameCache
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);
    private readonly object _gate = new();
    private readonly AzureSession _session;
    private Task _asking = Task.CompletedTask;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private volatile EstateNames? _names;

    /// <summary>Makes a cache that has asked for nothing yet.</summary>
    public NameCache(AzureSession session) => _session = session;

    /// <summary>The names that are known; none where the first answer is not there in time.</summary>
    public EstateNames Get()
    {
        Task asking = Refresh();
        if (_names is null) asking.Wait(LongestWait);
        return _names ?? EstateNames.None;
    }

    private Task Refresh()
    {
        lock (_gate)
        {
            if (_asking.IsCompleted && DateTimeOffset.UtcNow - _askedAt >= FreshFor)
            {
                _askedAt = DateTimeOffset.UtcNow;
                _asking = Task.Run(AskAsync);
            }

            return _asking;
        }
    }

    private async Task AskAsync()
    {
        using CancellationTokenSource limit = new(LongestRequest);
        try
        {
            _names = await EstateNames.ReadAsync(_session, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // While somebody types, no names are better than an error. They are asked for again when they would be old.
        }
    }
}
