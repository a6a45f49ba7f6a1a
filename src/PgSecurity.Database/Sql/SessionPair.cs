using System;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Sql;

/// <summary>
/// The sessions that a run has open on one server: one that reads and one that writes, both in the database that was asked for
/// last, so that a thousand rows need no thousand log-ins. One thread at a time.
/// </summary>
internal sealed class SessionPair : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private DatabaseSession? _reading;
    private DatabaseSession? _writing;

    /// <summary>Uses a session; one that failed is not used again.</summary>
    public async Task<T> UseAsync<T>(DatabaseTarget target, string database, SessionAccess access, Func<DatabaseSession, Task<T>> use, CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            DatabaseSession session = await OpenAsync(target, database, access, stop).ConfigureAwait(false);
            try
            {
                return await use(session).ConfigureAwait(false);
            }
            catch
            {
                await CloseAsync(access).ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync(SessionAccess.Read).ConfigureAwait(false);
        await CloseAsync(SessionAccess.Write).ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task<DatabaseSession> OpenAsync(DatabaseTarget target, string database, SessionAccess access, CancellationToken stop)
    {
        DatabaseSession? open = access == SessionAccess.Read ? _reading : _writing;
        if (open is not null && string.Equals(open.Database, database, StringComparison.Ordinal)) return open;
        await CloseAsync(access).ConfigureAwait(false);
        DatabaseSession session = await DatabaseSession.OpenAsync(target, database, access, stop).ConfigureAwait(false);
        if (access == SessionAccess.Read) _reading = session;
        else _writing = session;
        return session;
    }

    private async Task CloseAsync(SessionAccess access)
    {
        DatabaseSession? open = access == SessionAccess.Read ? _reading : _writing;
        if (access == SessionAccess.Read) _reading = null;
        else _writing = null;
        if (open is not null) await open.DisposeAsync().ConfigureAwait(false);
    }
}
