using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>Members of a resource beside the server, such as the vault of its key.</summary>
public sealed class RelatedPatch : TargetChange
{
    private readonly JsonObject _patch;

    /// <summary>Makes the change.</summary>
    public RelatedPatch(ServerId server, string type, string id, string name, JsonObject patch)
        : base(server, type, id, name) => _patch = patch;

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Patch;

    /// <inheritdoc/>
    public override string Step => ResourceWords.Of(Type, Name);

    /// <inheritdoc/>
    public override RunPhase Phase => RunPhase.Identity;

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        if (current is null) throw new RemediationException($"{Step} does not exist any more.");
        return JsonShape.Has(current, _patch) ? null : (JsonObject)_patch.DeepClone();
    }

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body) => (JsonObject?)MergePatch.Apply(current, body);

    /// <inheritdoc/>
    public override ChangeClass ClassOf(JsonObject? current) =>
        JsonShape.Text(JsonShape.At(_patch, "properties", "enablePurgeProtection")) == "true" ? ChangeClass.OneWay : ChangeClass.Reversible;
}
