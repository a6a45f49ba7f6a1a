using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>A resource beside the server that is created, or brought to have some properties; others that it has stay.</summary>
public sealed class ResourcePut : TargetChange
{
    private readonly JsonObject _properties;

    /// <summary>Makes the change.</summary>
    public ResourcePut(ServerId server, string type, string id, string name, JsonObject properties)
        : base(server, type, id, name) => _properties = properties;

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Put;

    /// <inheritdoc/>
    public override string Step => ResourceWords.Of(Type, Name);

    /// <inheritdoc/>
    public override RunPhase Phase => Type switch
    {
        FacetTypes.Administrators => RunPhase.AddAdministrators,
        FacetTypes.FirewallRules => RunPhase.Open,
        FacetTypes.Locks or FacetTypes.RoleAssignments => RunPhase.Locks,
        _ => RunPhase.Watching,
    };

    /// <summary>The text of a property that is sent; empty where it is not.</summary>
    public string Sent(string property) => JsonShape.Text(JsonShape.Member(_properties, property));

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) => ResourceSummary.Of(Type, current) ?? base.Describe(current, body);

    /// <summary>Whether the resource is to have these properties and no others, as when an earlier state is put back.</summary>
    public bool IsExact { get; init; }

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        JsonObject body = new() { ["properties"] = Merged(JsonShape.Member(current, "properties") as JsonObject) };
        return current is not null && IsDone(current, body) ? null : body;
    }

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) =>
        IsExact ? current is not null && IsSame(Writable(current), Writable(body)) : base.IsDone(current, body);

    private bool IsSame(JsonObject left, JsonObject right)
    {
        if (Type == FacetTypes.DiagnosticSettings)
        {
            LogEntries.DropWhatIsOff(left);
            LogEntries.DropWhatIsOff(right);
        }

        return JsonShape.Has(left, right) && JsonShape.Has(right, left);
    }

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body)
    {
        JsonObject result = current is null
            ? new JsonObject { ["id"] = Id, ["type"] = Type, ["name"] = Name }
            : (JsonObject)current.DeepClone();
        result["properties"] = body["properties"]!.DeepClone();
        return result;
    }

    private JsonObject Merged(JsonObject? there)
    {
        if (Type != FacetTypes.DiagnosticSettings || there is null || IsExact) return (JsonObject)_properties.DeepClone();

        // A PUT replaces: what the setting sends and where to would be lost.
        JsonObject merged = (JsonObject)MergePatch.Apply(WithoutNulls(there), _properties)!;
        merged["logs"] = LogEntries.Merge(JsonShape.Member(there, "logs") as JsonArray, JsonShape.Member(_properties, "logs") as JsonArray);
        return merged;
    }

    private static JsonObject WithoutNulls(JsonObject properties)
    {
        JsonObject copy = (JsonObject)properties.DeepClone();
        foreach (string name in properties.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            copy.Remove(name);
        }

        return copy;
    }

    /// <summary>The properties that can be sent to have a resource again as it was.</summary>
    public static JsonObject Writable(JsonObject body)
    {
        JsonObject properties = WithoutNulls(JsonShape.Member(body, "properties") as JsonObject ?? new JsonObject());
        foreach (string readOnly in new[] { "provisioningState", "creationTime", "objectId", "systemData" })
        {
            string? spelled = properties.Select(member => member.Key).FirstOrDefault(name => string.Equals(name, readOnly, StringComparison.OrdinalIgnoreCase));
            if (spelled is not null) properties.Remove(spelled);
        }

        return properties;
    }
}
