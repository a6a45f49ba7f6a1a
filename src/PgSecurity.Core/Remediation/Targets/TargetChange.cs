using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// One change of one resource: one concern, one request. What is sent is composed from the resource as it is right before
/// the request, so that lists grow from what is there now, and nothing is sent where nothing is to be done. Immutable.
/// </summary>
public abstract class TargetChange
{
    private protected TargetChange(ServerId server, string type, string id, string name)
    {
        Server = server;
        Type = type;
        Id = id;
        Name = name;
    }

    /// <summary>The server that the change is for.</summary>
    public ServerId Server { get; }

    /// <summary>The type of the resource, as a posture's facet has it.</summary>
    public string Type { get; }

    /// <summary>The ARM id of the resource.</summary>
    public string Id { get; }

    /// <summary>The resource's name.</summary>
    public string Name { get; }

    /// <summary>The kind of request.</summary>
    public abstract WriteMethod Method { get; }

    /// <summary>What is changed, in words: <c>parameter ssl_min_protocol_version</c>.</summary>
    public abstract string Step { get; }

    /// <summary>Its place in the order of a safe run.</summary>
    public abstract RunPhase Phase { get; }

    /// <summary>What is sent, given the resource as it is (null where there is none); null where nothing is to be done.</summary>
    /// <exception cref="RemediationException">It cannot be done to this resource.</exception>
    public abstract JsonObject? Compose(JsonObject? current);

    /// <summary>What the resource becomes when the body is sent; null where it is gone.</summary>
    public abstract JsonObject? Outcome(JsonObject? current, JsonObject body);

    /// <summary>Whether the resource, as read back, is what the body asked for.</summary>
    public virtual bool IsDone(JsonObject? current, JsonObject body) => current is not null && JsonShape.Has(current, body);

    /// <summary>Whether the resource, as read back, is on its way to what the body asked for.</summary>
    public virtual bool IsUnderWay(JsonObject? current, JsonObject body) => false;

    /// <summary>What is to be known of a change that was made, given the resource as read back; empty where nothing is.</summary>
    public virtual string Remark(JsonObject? current) => "";

    /// <summary>What guards must know beside the server's own facets.</summary>
    public virtual Surroundings Surroundings => Surroundings.None;

    /// <summary>What the change is about, of a resource: the members that the body speaks of.</summary>
    public virtual JsonNode? Part(JsonObject? current, JsonObject body) => current is null ? null : JsonShape.Touched(current, body);

    /// <summary>What the change is about, as text; <c>(none)</c> where there is nothing.</summary>
    public virtual string Describe(JsonObject? current, JsonObject body) =>
        current is null ? "(none)" : JsonShape.Describe(Part(current, body));

    /// <summary>The address of the request: the resource's own but for an action.</summary>
    public virtual string RequestId => Id;

    /// <summary>The change with another one of the same resource in one request; null where each has its own.</summary>
    public virtual TargetChange? With(TargetChange later) => null;

    /// <summary>How far it can be taken back, given the resource as it is.</summary>
    public virtual ChangeClass ClassOf(JsonObject? current) => ChangeClass.Reversible;
}
