using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>The restart of a server, which puts parameters in force that wait for one.</summary>
public sealed class Restart : TargetChange
{
    /// <summary>Makes the change.</summary>
    public Restart(ServerId server)
        : base(server, server.ResourceType, server.Value, server.Name)
    {
    }

    /// <summary>The member of the server as read for a restart: the names of the parameters that wait for one.</summary>
    public const string Waiting = "waitingForRestart";

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Post;

    /// <inheritdoc/>
    public override string Step => "restart";

    /// <inheritdoc/>
    public override string RequestId => Id + "/restart";

    /// <inheritdoc/>
    public override RunPhase Phase => RunPhase.Restart;

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current) => current?[Waiting] is JsonArray { Count: 0 } ? null : new JsonObject();

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body) => current;

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) => current?[Waiting] is JsonArray { Count: 0 };

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body) => null;

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) => current?[Waiting] is JsonArray names
        ? names.Count == 0 ? "nothing waits" : "waiting: " + string.Join(", ", names.Select(JsonShape.Text))
        : "";

    /// <inheritdoc/>
    public override ChangeClass ClassOf(JsonObject? current) => ChangeClass.OneWay;
}
