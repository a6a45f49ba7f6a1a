using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Restores;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Changes;

/// <summary>
/// Runs changes for a cmdlet: the work on other threads, questions and output on the pipeline's. Plans, shows or makes
/// them, as the user chose.
/// </summary>
internal sealed class ChangePump : IDisposable
{
    private readonly PgCmdlet _cmdlet;
    private readonly Connection? _connection;
    private readonly ChangeGround _ground;
    private readonly ChangeChoices _choices;
    private readonly CancellationToken _stop;

    /// <summary>Makes it for servers in Azure.</summary>
    public ChangePump(PgCmdlet cmdlet, ChangeChoices choices, CancellationToken stop)
        : this(cmdlet, choices, stop, null, needsAzure: true)
    {
    }

    /// <summary>Makes it for servers in Azure and outside it.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="choices">How changes are made.</param>
    /// <param name="stop">Ends the run.</param>
    /// <param name="databases">The login to databases; null where there is none.</param>
    /// <param name="needsAzure">Whether any of the servers is in Azure.</param>
    public ChangePump(PgCmdlet cmdlet, ChangeChoices choices, CancellationToken stop, DatabaseAccess? databases, bool needsAzure)
    {
        _cmdlet = cmdlet;
        _choices = choices;
        _stop = stop;
        if (!needsAzure && databases is null) cmdlet.ThrowTerminatingError(ErrorRecords.CredentialMissing());
        _connection = needsAzure ? ImplicitConnection.Require(cmdlet, stop) : null;
        _connection?.UseVaults();
        _ground = new ChangeGround(_connection, databases);
    }

    /// <summary>The folder that journals are in.</summary>
    public static string JournalFolder(PSCmdlet cmdlet, string? path) => path is null
        ? ChangeJournal.DefaultDirectory
        : cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>The service that changes are made on.</summary>
    public IResourceService Service => _ground.Service;

    /// <summary>The clock.</summary>
    public IRoadClock Clock => _ground.Clock;

    /// <inheritdoc/>
    public void Dispose() => _ground.Dispose();

    /// <summary>Writes the plans, and sends nothing.</summary>
    public void Plan(IEnumerable<ChangeRequest> requests)
    {
        foreach (ChangePlan plan in Plans(requests))
        {
            _cmdlet.WriteObject(plan.Show(), enumerateCollection: true);
        }
    }

    /// <summary>Makes the changes; with <c>-WhatIf</c> says what they would be.</summary>
    /// <param name="requests">What is wanted.</param>
    /// <param name="take">Gets each change, on the pipeline's thread.</param>
    public void Make(IReadOnlyList<ChangeRequest> requests, Action<Change> take)
    {
        if (ChangeChoices.IsWhatIf(_cmdlet))
        {
            Preview(requests);
            return;
        }

        using BlockingCollection<Action> work = new();
        using ChangeJournal journal = ChangeJournal.Begin(JournalFolder(_cmdlet, _choices.JournalPath));
        ChangeRun run = Run(journal, planned => Ask(work, planned));
        Task running = Task.Run(async () =>
        {
            try
            {
                await run.RunAsync(requests, change => work.Add(() => take(change)), _stop).ConfigureAwait(false);
            }
            finally
            {
                work.CompleteAdding();
            }
        });
        Serve(work);
        Finish(running);
        if (journal.FilePath.Length > 0) _cmdlet.WriteVerbose($"Journal: {journal.FilePath}");
    }

    /// <summary>
    /// Tries restores, so many at once as was chosen; with <c>-WhatIf</c> says what would be made. A stop is waited for until
    /// what was made is deleted.
    /// </summary>
    /// <param name="wishes">What is to be tried.</param>
    /// <param name="take">Gets each result, on the pipeline's thread.</param>
    public void Try(IReadOnlyList<RestoreWish> wishes, Action<RestoreTest> take)
    {
        using BlockingCollection<Action> work = new();
        using ChangeJournal journal = ChangeJournal.Begin(JournalFolder(_cmdlet, _choices.JournalPath));
        RestoreTrial trial = new(Service, _ground.Postures, Clock, Run(journal, planned => Ask(work, planned)), Run(journal, null), journal);
        if (ChangeChoices.IsWhatIf(_cmdlet))
        {
            Preview(wishes.Select(trial.Preview));
            return;
        }

        using SemaphoreSlim slots = new(_choices.ThrottleLimit);
        Task running = Task.Run(async () =>
        {
            try
            {
                await Task.WhenAll(wishes.Select(async wish =>
                {
                    await slots.WaitAsync(_stop).ConfigureAwait(false);
                    try
                    {
                        RestoreTest result = await trial.RunAsync(wish, _stop).ConfigureAwait(false);
                        work.Add(() => take(result));
                    }
                    finally
                    {
                        slots.Release();
                    }
                })).ConfigureAwait(false);
            }
            finally
            {
                work.CompleteAdding();
            }
        });
        try
        {
            Serve(work);
        }
        finally
        {
            // The journal must be open until the last server is deleted, whatever ended the pipeline.
            ((IAsyncResult)running).AsyncWaitHandle.WaitOne();
        }

        Finish(running);
    }

    private void Preview(IEnumerable<ChangeRequest> requests)
    {
        foreach (PlannedChange planned in Plans(requests).SelectMany(plan => plan.Show()))
        {
            if (planned.WillApply) _cmdlet.ShouldProcess(planned.ServerName, Words(planned));
            else _cmdlet.WriteVerbose($"{planned.ServerName}: {planned.Step} ({string.Join(", ", planned.ControlId)}) is not changed. {planned.Guard}");
        }
    }

    private IEnumerable<ChangePlan> Plans(IEnumerable<ChangeRequest> requests)
    {
        using ChangeJournal unused = ChangeJournal.Begin(JournalFolder(_cmdlet, _choices.JournalPath));
        ChangeRun run = Run(unused, null);
        foreach (ChangeRequest request in requests)
        {
            _connection?.Renew();
            ChangePlan? plan = null;
            try
            {
                plan = Task.Run(() => run.PlanAsync(request, _stop)).GetAwaiter().GetResult();
            }
            catch (ServiceFault fault)
            {
                _cmdlet.WriteError(ErrorRecords.ChangeFailed(request.Server.Value, $"{request.Server.Name}: the server could not be read: {fault.Message}"));
            }
            catch (RemediationException cannot)
            {
                _cmdlet.WriteVerbose($"{request.Server.Name} is not changed. {cannot.Message}");
            }

            _connection?.Requests.Show(_cmdlet);
            if (plan is not null) yield return plan;
        }
    }

    private ChangeRun Run(ChangeJournal journal, Func<PlannedChange, bool>? confirm) => new(
        Service,
        _ground.Postures,
        Clock,
        journal,
        new RoadOptions
        {
            Plan = new PlanOptions { Consents = _choices.Consents, CallerAddress = _choices.CallerAddress },
            ThrottleLimit = _choices.ThrottleLimit,
            MaxFailures = _choices.MaxFailures,
            Statements = _ground.Statements,
            Confirm = confirm,
            NoWait = _choices.NoWait,
        });

    private void Serve(BlockingCollection<Action> work)
    {
        while (!work.IsCompleted)
        {
            _connection?.Renew();
            if (work.TryTake(out Action? action, TimeSpan.FromMilliseconds(100))) action();
            _connection?.Requests.Show(_cmdlet);
        }
    }

    private void Finish(Task running)
    {
        try
        {
            running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Asks on the pipeline's thread; a run that is stopped meanwhile gets no for an answer.</summary>
    private bool Ask(BlockingCollection<Action> work, PlannedChange planned)
    {
        TaskCompletionSource<bool> answer = new();
        using CancellationTokenRegistration stopped = _stop.Register(() => answer.TrySetResult(false));
        work.Add(() => answer.TrySetResult(!_stop.IsCancellationRequested && _cmdlet.ShouldProcess(planned.ServerName, Words(planned))));
        return answer.Task.GetAwaiter().GetResult();
    }

    private static string Words(PlannedChange planned) =>
        planned.From.Length + planned.To.Length == 0 ? planned.Step : $"{planned.Step}: {planned.From} → {planned.To}";
}
