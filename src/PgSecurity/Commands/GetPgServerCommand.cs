using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using PgSecurity.Binding;
using PgSecurity.Core.Postures;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Lists servers of Azure, or of a sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "PgServer", DefaultParameterSetName = ScopeSet)]
[OutputType(typeof(PgServer))]
public sealed class GetPgServerCommand : PgCmdlet
{
    private const string ScopeSet = "Scope";
    private const string InputSet = "InputObject";
    private const string IdSet = "ResourceId";
    private LiveAudit? _live;

    /// <summary>Names of servers; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerNameCompleter))]
    public string[] ServerName { get; set; } = Array.Empty<string>();

    /// <summary>ARM ids of servers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

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

    private LiveAudit Live => _live ??= new LiveAudit(this, Array.Empty<string>(), 8, Stop);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ScopeSet)
        {
            Live.Give(ServerScopes.Of(Subscription, ManagementGroup, ResourceGroupName, ServerName, Tag, Filter));
            return;
        }

        IEnumerable<string> ids = ParameterSetName == IdSet ? ResourceId : InputObject.SelectMany(Named);
        foreach (string text in ids)
        {
            if (ServerId.TryParse(text, out ServerId? id)) Give(id!);
            else WriteError(ErrorRecords.NotAServerId(text));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            while (_live is { IsDone: false })
            {
                Write(wait: true);
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

    private static IEnumerable<string> Named(PSObject item)
    {
        IReadOnlyList<string> ids = PipedServers.IdsOf(item, connected: true);
        return ids.Count > 0 ? ids : new[] { item.ToString() };
    }

    private void Give(ServerId id)
    {
        while (Live.IsFull)
        {
            Write(wait: true);
        }

        Live.Give(id);
        while (Write(wait: false))
        {
        }
    }

    private bool Write(bool wait)
    {
        bool taken = Live.TryTake(wait, out Posture? posture);
        if (posture is not null) WriteObject(Show(posture.Id, posture.Server));
        return taken;
    }

    private static PgServer Show(ServerId id, Resource server) => new()
    {
        ResourceId = id.Value,
        ServerName = id.Name,
        ResourceGroupName = id.ResourceGroupName,
        SubscriptionId = id.SubscriptionId,
        Location = Text(server, "location"),
        Version = Text(server, "properties.version"),
        State = Text(server, "properties.state"),
        Tier = Text(server, "sku.tier"),
        ReplicationRole = Text(server, "properties.replicationRole"),
        NetworkMode = Text(server, "properties.network.delegatedSubnetResourceId").Length > 0 ? "VirtualNetwork" : "Public",
        PublicNetworkAccess = Text(server, "properties.network.publicNetworkAccess"),
        FullyQualifiedDomainName = Text(server, "properties.fullyQualifiedDomainName"),
        IsSingleServer = id.IsSingleServer,
        Tags = TagsOf(server),
    };

    private static string Text(Resource server, string path) => ResourceField.Of(server, path).Text ?? string.Empty;

    private static Dictionary<string, string> TagsOf(Resource server)
    {
        Dictionary<string, string> tags = new(StringComparer.OrdinalIgnoreCase);
        JsonElement all = ResourceField.Of(server, "tags").Value;
        if (all.ValueKind != JsonValueKind.Object) return tags;
        foreach (JsonProperty tag in all.EnumerateObject())
        {
            tags[tag.Name] = tag.Value.ToString();
        }

        return tags;
    }
}
