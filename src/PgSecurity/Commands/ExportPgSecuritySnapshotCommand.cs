using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Azure.Inventory;
using PgSecurity.Binding;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Snapshots;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Reads servers from Azure, or from a sandbox, and writes all that is known of them to a file, without secrets.</summary>
[Cmdlet(VerbsData.Export, "PgSecuritySnapshot", DefaultParameterSetName = ScopeSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPgSecuritySnapshotCommand : PgCmdlet
{
    private const string ScopeSet = "Scope";
    private const string InputSet = "InputObject";
    private LiveAudit? _live;
    private Stream? _output;
    private string _target = string.Empty;
    private string _temporary = string.Empty;
    private int _servers;

    /// <summary>The file; one that ends in .gz is compressed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

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

    /// <summary>Names of servers; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerNameCompleter))]
    public string[] ServerName { get; set; } = Array.Empty<string>();

    /// <summary>Tags that a server must have; wildcards are allowed in values.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public Hashtable? Tag { get; set; }

    /// <summary>A condition in Resource Graph's language.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public string? Filter { get; set; }

    /// <summary>How many servers are read at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Whether a file that is there is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (File.Exists(_target) && !Force)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong($"The file '{_target}' is there already.", "Name another file, or replace it with -Force.", Path));
        }

        if (!ShouldProcess(_target, "Write a snapshot")) return;
        try
        {
            // The target appears only when it is whole.
            _temporary = _target + ".partial";
            FileStream file = File.Create(_temporary);
            _output = _target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(denied.Message, "Name a file in a folder that is there and may be written to.", Path));
        }

        _live = new LiveAudit(this, CollectionRun.EveryFacet, ThrottleLimit, Stop);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_live is null) return;
        if (ParameterSetName == ScopeSet)
        {
            _live.Give(ServerScopes.Of(Subscription, ManagementGroup, ResourceGroupName, ServerName, Tag, Filter));
            return;
        }

        foreach (string text in InputObject.SelectMany(Named))
        {
            if (ServerId.TryParse(text, out ServerId? id)) Give(_live, id!);
            else WriteError(ErrorRecords.NotAServerId(text));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_live is null) return;
        try
        {
            while (!_live.IsDone)
            {
                Write(_live, wait: true);
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        _output!.Dispose();
        _output = null;
        if (_servers == 0)
        {
            File.Delete(_temporary);
            WriteWarning("No server was found, so no snapshot was written.");
            return;
        }

        if (File.Exists(_target)) File.Delete(_target);
        File.Move(_temporary, _target);
        WriteVerbose($"{_servers} servers.");
        WriteObject(new FileInfo(_target));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _live?.Dispose();
            if (_output is not null)
            {
                _output.Dispose();
                File.Delete(_temporary);
            }
        }

        base.Dispose(disposing);
    }

    private static IEnumerable<string> Named(PSObject item)
    {
        IReadOnlyList<string> ids = PipedServers.IdsOf(item, connected: true);
        return ids.Count > 0 ? ids : new[] { item.ToString() };
    }

    private void Give(LiveAudit live, ServerId id)
    {
        while (live.IsFull)
        {
            Write(live, wait: true);
        }

        live.Give(id);
        while (Write(live, wait: false))
        {
        }
    }

    private bool Write(LiveAudit live, bool wait)
    {
        bool taken = live.TryTake(wait, out Posture? posture);
        if (posture is null) return taken;
        SnapshotWriter.Write(_output!, posture);
        _servers++;
        return taken;
    }
}
