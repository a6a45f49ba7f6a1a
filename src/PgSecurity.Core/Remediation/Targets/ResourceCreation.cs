using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// A resource that is made with all that it is: a private endpoint, a replica, a server that is restored to see whether it
/// can be. What is there already under the name is never changed: a PUT would make it another one.
/// </summary>
public sealed class ResourceCreation : TargetChange
{
    /// <summary>The facts of a server that was restored for a test.</summary>
    public const string RestoredServerType = "PgSecurity/restoredServers";

    private static readonly string[] CreatedTypes = { FacetTypes.PrivateEndpoints, FacetTypes.Replicas, RestoredServerType };

    /// <summary>Members of a new server that the service takes and does not give back, or gives back in other words.</summary>
    private static readonly string[] AsksOnly = { "pointInTimeUTC", "sourceServerResourceId", "createMode", "storage" };

    private readonly JsonObject _body;

    /// <summary>Makes the change.</summary>
    /// <param name="server">The server that it is for.</param>
    /// <param name="type">The type, as a facet has it: a replica is one of <see cref="FacetTypes.Replicas"/>.</param>
    /// <param name="id">The ARM id of the new resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="body">All that is sent.</param>
    public ResourceCreation(ServerId server, string type, string id, string name, JsonObject body)
        : base(server, type, id, name) => _body = body;

    /// <summary>Whether resources of a type are made whole, and not by their properties alone.</summary>
    public static bool IsFor(string type) => CreatedTypes.Contains(type, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is sent to have a resource again as it was.</summary>
    public static JsonObject Again(JsonObject before)
    {
        JsonObject body = new() { ["properties"] = new JsonObject() };
        foreach (string member in new[] { "location", "tags" })
        {
            if (JsonShape.Member(before, member) is JsonNode value) body[member] = value.DeepClone();
        }

        JsonObject properties = (JsonObject)body["properties"]!;
        if (JsonShape.At(before, "properties", "subnet") is JsonNode subnet) properties["subnet"] = new JsonObject { ["id"] = JsonShape.Member(subnet, "id")?.DeepClone() };
        foreach (string kind in EndpointConnections.Kinds)
        {
            JsonArray again = new();
            foreach (JsonObject connection in EndpointConnections.Of(before, kind))
            {
                JsonObject kept = new();
                foreach (string member in new[] { "privateLinkServiceId", "groupIds", "requestMessage" })
                {
                    if (JsonShape.At(connection, "properties", member) is JsonNode value) kept[member] = value.DeepClone();
                }

                again.Add(new JsonObject { ["name"] = JsonShape.Text(JsonShape.Member(connection, "name")), ["properties"] = kept });
            }

            if (again.Count > 0) properties[kind] = again;
        }

        return body;
    }

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Put;

    /// <inheritdoc/>
    public override string Step => ResourceWords.Of(Type, Name);

    /// <inheritdoc/>
    public override RunPhase Phase => RunPhase.Open;

    /// <inheritdoc/>
    public override Surroundings Surroundings
    {
        get
        {
            NamedResource own = new(Id, Type);
            if (!IsEndpoint) return new Surroundings { Resources = new[] { own }, ServerNames = new[] { Name }, LockScopes = LockScopes };
            string subnet = Sent("properties", "subnet", "id");
            return new Surroundings
            {
                Resources = new[]
                {
                    own,
                    new NamedResource(subnet, FacetTypes.Subnets),
                    new NamedResource(ResourceId.ScopeOf(subnet), NetworkType),
                    new NamedResource(Server.Value + "/privateLinkResources/postgresqlServer", PrivateLinkType),
                },
            };
        }
    }

    /// <summary>The type of the links that a server offers, with the names of the zones that they need.</summary>
    public const string PrivateLinkType = FacetTypes.Server + "/privateLinkResources";

    /// <summary>The type of virtual networks.</summary>
    public const string NetworkType = "Microsoft.Network/virtualNetworks";

    private IReadOnlyList<string> LockScopes => Type == RestoredServerType ? new[] { ResourceId.ScopeOf(Id) } : Array.Empty<string>();

    /// <summary>The text that is sent at a path of members; empty where none is.</summary>
    public string Sent(params string[] path) => JsonShape.Text(JsonShape.At(_body, path));

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        if (current is null) return (JsonObject)_body.DeepClone();
        if (IsDone(current, _body)) return null;
        throw new RemediationException(Is(current, _body) && IsUnderWay(current, _body)
            ? $"{Step} is being made already. Look again when that is done."
            : $"There is another {Step} already: {Describe(current, _body)}. Choose another name.");
    }

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body)
    {
        JsonObject made = (JsonObject)body.DeepClone();
        made["id"] = Id;
        made["type"] = Type;
        made["name"] = Name;
        return made;
    }

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) => current is not null && Is(current, body) && IsReady(current);

    /// <inheritdoc/>
    public override bool IsUnderWay(JsonObject? current, JsonObject body) =>
        current is not null && Is(current, body) && !IsReady(current) && !StateOf(current).Equals("Failed", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body) => current is null ? null : JsonValue.Create(Describe(current, body));

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) => ResourceSummary.Of(Type, current) ?? base.Describe(current, body);

    /// <inheritdoc/>
    public override string Remark(JsonObject? current)
    {
        if (!IsEndpoint || current is null) return "";
        bool waits = EndpointConnections.Of(current, EndpointConnections.Kinds[1]).Any(connection => EndpointConnections.Status(connection).Equals("Pending", StringComparison.OrdinalIgnoreCase));
        return waits ? "The connection waits for a person: whoever owns the server approves it in the server's networking page. Until then nothing comes through." : "";
    }

    private bool IsEndpoint => Type.Equals(FacetTypes.PrivateEndpoints, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a resource is the one that the body makes, ready or not.</summary>
    private bool Is(JsonObject current, JsonObject body)
    {
        JsonObject lasting = (JsonObject)body.DeepClone();
        lasting.Remove("location");
        string wanted = JsonShape.Text(JsonShape.Member(body, "location"));
        if (wanted.Length > 0 && !SameRegion(wanted, JsonShape.Text(JsonShape.Member(current, "location")))) return false;
        if (!IsEndpoint && lasting["properties"] is JsonObject properties)
        {
            foreach (string member in AsksOnly)
            {
                properties.Remove(member);
            }

            // A restored server need not say where it came from; a replica must.
            string source = JsonShape.Text(JsonShape.At(body, "properties", "sourceServerResourceId"));
            bool isReplica = Type.Equals(FacetTypes.Replicas, StringComparison.OrdinalIgnoreCase);
            if (isReplica && !source.Equals(JsonShape.Text(JsonShape.At(current, "properties", "sourceServerResourceId")), StringComparison.OrdinalIgnoreCase)) return false;
        }

        return JsonShape.Has(current, lasting);
    }

    private bool IsReady(JsonObject current) => IsEndpoint
        ? StateOf(current).Equals("Succeeded", StringComparison.OrdinalIgnoreCase)
            && EndpointConnections.Of(current, EndpointConnections.Kinds[0]).All(connection => EndpointConnections.Status(connection).Equals("Approved", StringComparison.OrdinalIgnoreCase))
        : StateOf(current).Equals("Ready", StringComparison.OrdinalIgnoreCase);

    private string StateOf(JsonObject current) => JsonShape.Text(JsonShape.At(current, "properties", IsEndpoint ? "provisioningState" : "state"));

    /// <summary>Servers give their region by its display name, whatever was sent.</summary>
    internal static bool SameRegion(string left, string right) => Code(left).Equals(Code(right), StringComparison.OrdinalIgnoreCase);

    private static string Code(string region) => string.Concat(region.Split(' '));
}
