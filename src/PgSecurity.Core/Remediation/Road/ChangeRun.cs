using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>
/// A run over servers: side by side, but one after another within a group, which is a primary with its replicas, since
/// the service takes one write at a time for all of them.
/// </summary>
public sealed class ChangeRun
{
    private readonly IResourceService _service;
    private readonly IPostureSource _postures;
    private readonly IRoadClock _clock;
    private readonly ChangeJournal _journal;
    private readonly RoadOptions _options;
    private readonly FailureLimit _failures;
    private readonly EarlierDoubts _doubts;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _groups = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a run.</summary>
    public ChangeRun(IResourceService service, IPostureSource postures, IRoadClock clock, ChangeJournal journal, RoadOptions options)
    {
        _service = service;
        _postures = postures;
        _clock = clock;
        _journal = journal;
        _options = options;
        _failures = new FailureLimit(options.MaxFailures);
        _doubts = new EarlierDoubts(journal);
    }

    /// <summary>Plans for one server, and sends nothing.</summary>
    /// <exception cref="ServiceFault">The server cannot be read.</exception>
    public Task<ChangePlan> PlanAsync(ChangeRequest request, CancellationToken stop) =>
        new ServerRun(request, _service, _postures, _options, _failures).PlanAsync(stop);

    /// <summary>Makes the changes of all requests.</summary>
    /// <param name="requests">The requests; those on one server are taken one after another.</param>
    /// <param name="take">Gets each change when its server is done, from any thread, one at a time.</param>
    /// <param name="stop">Ends the run; a change that is under way then is in doubt.</param>
    public async Task RunAsync(IEnumerable<ChangeRequest> requests, Action<Change> take, CancellationToken stop)
    {
        SemaphoreSlim slots = new(Math.Max(1, _options.ThrottleLimit));
        object gate = new();
        List<Task> running = new();
        foreach (ChangeRequest request in requests)
        {
            await slots.WaitAsync(stop).ConfigureAwait(false);
            running.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
            running.Add(Task.Run(
                async () =>
                {
                    try
                    {
                        IReadOnlyList<Change> changes = await RunAsync(request, stop).ConfigureAwait(false);
                        lock (gate)
                        {
                            foreach (Change change in changes)
                            {
                                take(change);
                            }
                        }
                    }
                    finally
                    {
                        slots.Release();
                    }
                },
                stop));
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Change>> RunAsync(ChangeRequest request, CancellationToken stop)
    {
        SemaphoreSlim group = _groups.GetOrAdd(await GroupAsync(request.Server, stop).ConfigureAwait(false), _ => new SemaphoreSlim(1));
        await group.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ChangeRoad road = new(_service, _clock, _journal, _doubts, _options);
            return await new ServerRun(request, _service, _postures, _options, _failures).RunAsync(road, stop).ConfigureAwait(false);
        }
        finally
        {
            group.Release();
        }
    }

    /// <summary>The primary that a replica follows, now: roles may have been swapped since the server was found.</summary>
    private async Task<string> GroupAsync(ServerId server, CancellationToken stop)
    {
        try
        {
            JsonElement? body = await _service.FindAsync(server.Value, stop).ConfigureAwait(false);
            string source = JsonShape.Text(JsonShape.At(JsonShape.Copy(body), "properties", "sourceServerResourceId"));
            string role = JsonShape.Text(JsonShape.At(JsonShape.Copy(body), "properties", "replicationRole"));
            return source.Length > 0 && role.EndsWith("Replica", StringComparison.OrdinalIgnoreCase) ? source : server.Value;
        }
        catch (ServiceFault)
        {
            // The run of the server says what is wrong.
            return server.Value;
        }
    }
}
