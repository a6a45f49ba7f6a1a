using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Where a read replica is weaker than its primary: the same data behind a weaker door. One resource a setting that is
/// known, or may be, weaker: <c>setting</c>, and <c>weaker</c>, the two values in words. Settings that are as strong make no
/// resource.
/// </summary>
public sealed class ReplicaDifferences : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/replicaDifferences";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[]
    {
        FacetTypes.Server, FacetTypes.Configurations, FacetTypes.Primary,
    };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Truth isReplica = posture.Id.IsSingleServer ? Truth.False : ServerRole.IsReplica(posture.Server);
        if (isReplica == Truth.False) return new Facet(FacetType, Array.Empty<Resource>());
        if (isReplica == Truth.Unknown) return Facet.Unavailable(FacetType, "it is not known whether the server is a read replica");

        Facet primaries = posture.FacetOf(FacetTypes.Primary);
        Resource? primary = primaries.Resources.FirstOrDefault();
        if (primary is null) return Facet.Unavailable(FacetType, primaries.Gap?.Reason ?? "the replica's primary was not found");

        List<Resource> differences = new();
        foreach (ReplicaSetting setting in ReplicaSetting.All)
        {
            Resource? difference = Compare(posture, primary, setting);
            if (difference is not null) differences.Add(difference);
        }

        return new Facet(FacetType, differences);
    }

    private static Resource? Compare(Posture posture, Resource primary, ReplicaSetting setting)
    {
        (string? ours, string? unknown) = setting.IsParameter ? OwnParameter(posture, setting.Name) : Property(posture.Server, setting);
        (string? theirs, string? alsoUnknown) = setting.IsParameter ? PrimaryParameter(primary, setting.Name) : Property(primary, setting);
        unknown ??= alsoUnknown;

        Fact fact = new Fact().Set("setting", setting.Name);
        if (unknown is not null) return fact.SetUnknown("weaker", unknown).ToResource(posture, FacetType, setting.Name);

        // A parameter that either lacks is not of its version.
        if (ours is null || theirs is null || !setting.IsWeaker(ours, theirs)) return null;
        return fact.Set("weaker", $"'{ours}' here, '{theirs}' on the primary").ToResource(posture, FacetType, setting.Name);
    }

    private static (string? Value, string? Unknown) Property(Resource server, ReplicaSetting setting)
    {
        if (setting.Name.StartsWith("network.", StringComparison.Ordinal)
            && ResourceField.Of(server, "properties.network.delegatedSubnetResourceId").Text is not null)
        {
            return ("Disabled", null);
        }

        ResourceField field = ResourceField.Of(server, "properties." + setting.Name);
        return field.IsUnknown ? (null, field.UnknownReason) : (field.Text ?? setting.WhenAbsent, null);
    }

    private static (string? Value, string? Unknown) OwnParameter(Posture posture, string name)
    {
        Facet parameters = posture.FacetOf(FacetTypes.Configurations);
        Resource? parameter = parameters.Find(name);
        if (parameter is null) return (null, parameters.Gap?.Reason);

        ResourceField value = ResourceField.Of(parameter, "properties.value");
        return value.IsUnknown ? (null, value.UnknownReason) : (value.Text ?? "", null);
    }

    private static (string? Value, string? Unknown) PrimaryParameter(Resource primary, string name)
    {
        ResourceField all = ResourceField.Of(primary, "properties.parameters");
        if (all.IsUnknown || all.IsAbsent) return (null, all.UnknownReason ?? "the parameters of the primary were not collected");

        // A parameter's name has dots in it, so it is not a path.
        foreach (JsonProperty parameter in all.Value.EnumerateObject())
        {
            if (!string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
            if (UnknownValue.Is(parameter.Value)) return (null, UnknownValue.Reason(parameter.Value));
            return (parameter.Value.ValueKind == JsonValueKind.String ? parameter.Value.GetString() : parameter.Value.GetRawText(), null);
        }

        return (null, null);
    }
}
