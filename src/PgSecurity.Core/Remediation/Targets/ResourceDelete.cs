using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>A resource beside the server that is deleted.</summary>
public sealed class ResourceDelete : TargetChange
{
    /// <summary>Makes the change.</summary>
    public ResourceDelete(ServerId server, string type, string id, string name)
        : base(server, type, id, name)
    {
    }

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Delete;

    /// <inheritdoc/>
    public override string Step => ResourceWords.Of(Type, Name);

    /// <inheritdoc/>
    public override RunPhase Phase => Type switch
    {
        FacetTypes.Administrators => RunPhase.RemoveAdministrators,
        FacetTypes.PrivateEndpointConnections or FacetTypes.PrivateEndpoints or DnsZoneGroup.ResourceType => RunPhase.PrivateEndpoints,
        FacetTypes.FirewallRules => RunPhase.CloseFirewall,
        FacetTypes.Locks => RunPhase.Identity,
        FacetTypes.RoleAssignments => RunPhase.Server,
        _ => RunPhase.Watching,
    };

    /// <inheritdoc/>
    public override Surroundings Surroundings => Type == DnsZoneGroup.ResourceType || ResourceCreation.IsFor(Type)
        ? new Surroundings { Resources = new[] { new NamedResource(Id, Type) } }
        : Surroundings.None;

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current) => current is null ? null : new JsonObject();

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body) => null;

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) => current is null;

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body) =>
        current is not null && ResourceCreation.IsFor(Type) ? Lasting(current) : current?.DeepClone();

    /// <summary>
    /// What tells a server or an endpoint from another one. Its state changes by itself while a deletion waits for its turn; a
    /// replica that is promoted meanwhile is another server.
    /// </summary>
    private static JsonObject Lasting(JsonObject resource)
    {
        JsonObject lasting = new();
        foreach (string[] path in new[] { new[] { "tags" }, new[] { "properties", "replicationRole" }, new[] { "properties", "sourceServerResourceId" }, new[] { "properties", "subnet", "id" } })
        {
            if (JsonShape.At(resource, path) is JsonNode value) lasting[path[path.Length - 1]] = value.DeepClone();
        }

        return lasting;
    }

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) =>
        current is null ? "(none)" : ResourceSummary.Of(Type, current) ?? JsonShape.Describe(ResourcePut.Writable(current));

    /// <inheritdoc/>
    public override ChangeClass ClassOf(JsonObject? current) =>
        Type is FacetTypes.PrivateEndpointConnections or FacetTypes.RoleAssignments or FacetTypes.Replicas or ResourceCreation.RestoredServerType
            ? ChangeClass.OneWay : ChangeClass.Reversible;
}
