using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Core.Postures;
using PgSecurity.Errors;

namespace PgSecurity.Pipeline;

/// <summary>A cmdlet that reads servers from Azure, those that are named or all of a scope, and takes one after another.</summary>
public abstract class ServerScopeCmdlet : PgCmdlet
{
    private protected const string ScopeSet = "Scope";
    private protected const string InputSet = "InputObject";

    private LiveAudit? _live;

    /// <summary>Names of servers; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerNameCompleter))]
    public virtual string[] ServerName { get; set; } = Array.Empty<string>();

    /// <summary>Objects or ids that name servers.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject[] InputObject { get; set; } = Array.Empty<PSObject>();

    /// <summary>Subscriptions, by id or name.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] Subscription { get; set; } = Array.Empty<string>();

    /// <summary>Management groups, by name.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public string[] ManagementGroup { get; set; } = Array.Empty<string>();

    /// <summary>Resource groups; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    public string[] ResourceGroupName { get; set; } = Array.Empty<string>();

    /// <summary>Tags that a server must have; wildcards are allowed in values.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public Hashtable? Tag { get; set; }

    /// <summary>A condition in Resource Graph's language.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public string? Filter { get; set; }

    /// <summary>The servers that were named in parameters of the cmdlet's own or through the pipeline, as text.</summary>
    private protected virtual IEnumerable<string> Named => InputObject.SelectMany(NamesIn);

    /// <summary>Whether nothing is to be read, as after a question that was answered with no.</summary>
    private protected virtual bool ReadsNothing => false;

    /// <summary>Begins to read: which facets, and how many servers at once.</summary>
    private protected abstract LiveAudit Open();

    /// <summary>Takes a server, on the pipeline's thread.</summary>
    private protected abstract void Take(Posture posture);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ReadsNothing) return;
        LiveAudit live = _live ??= Open();
        if (ParameterSetName == ScopeSet)
        {
            live.Give(ServerScopes.Of(Subscription, ManagementGroup, ResourceGroupName, ServerName, Tag, Filter));
            return;
        }

        foreach (string text in Named)
        {
            if (ServerId.TryParse(text, out ServerId? id)) Give(live, id!);
            else WriteError(ErrorRecords.NotAServerId(text));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            while (_live is { IsDone: false } live)
            {
                TakeNext(live, wait: true);
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _live?.Dispose();
        base.Dispose(disposing);
    }

    private static IEnumerable<string> NamesIn(PSObject item)
    {
        IReadOnlyList<string> ids = PipedServers.IdsOf(item, connected: true);
        return ids.Count > 0 ? ids : new[] { item.ToString() };
    }

    private void Give(LiveAudit live, ServerId id)
    {
        while (live.IsFull)
        {
            TakeNext(live, wait: true);
        }

        live.Give(id);
        while (TakeNext(live, wait: false))
        {
        }
    }

    private bool TakeNext(LiveAudit live, bool wait)
    {
        bool taken = live.TryTake(wait, out Posture? posture);
        if (posture is not null) Take(posture);
        return taken;
    }
}
