using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json;
using PgSecurity.Binding;
using PgSecurity.Core.Postures;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Lists servers of Azure, or of a sandbox.</summary>
[Cmdlet(VerbsCommon.Get, "PgServer", DefaultParameterSetName = ScopeSet)]
[OutputType(typeof(PgServer))]
public sealed class GetPgServerCommand : ServerScopeCmdlet
{
    private const string IdSet = "ResourceId";

    /// <summary>Names of servers; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerNameCompleter))]
    public override string[] ServerName { get; set; } = Array.Empty<string>();

    /// <summary>ARM ids of servers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    private protected override IEnumerable<string> Named => ParameterSetName == IdSet ? ResourceId : base.Named;

    private protected override LiveAudit Open() => new(this, Array.Empty<string>(), 8, Stop);

    private protected override void Take(Posture posture) => WriteObject(Show(posture.Id, posture.Server));

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
