using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Settings that a flexible server does not have and that therefore do nothing: names of the retired single server, or of
/// MySQL, in a template. One resource a setting: <c>setting</c>, <c>kind</c> (<c>property</c> or <c>parameter</c>),
/// <c>value</c>, <c>useInstead</c>. A live server has none of them.
/// </summary>
public sealed class IneffectiveSettings : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/ineffectiveSettings";

    private static readonly (string Name, string Instead)[] Properties =
    {
        ("sslEnforcement", "the server parameter require_secure_transport"),
        ("minimalTlsVersion", "the server parameter ssl_min_protocol_version"),
        ("infrastructureEncryption", "nothing: flexible servers have no second layer of encryption to switch on"),
        ("storageProfile", "properties.storage and properties.backup"),
        ("publicNetworkAccess", "properties.network.publicNetworkAccess"),
        ("geoRedundantBackup", "properties.backup.geoRedundantBackup"),
        ("backupRetentionDays", "properties.backup.backupRetentionDays"),
    };

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["log_retention_days"] = "logfiles.retention_days, with logfiles.download_enable",
        ["connection_throttling"] = "connection_throttle.enable (PostgreSQL 17 and older)",
        ["aad_auth_only"] = "properties.authConfig.passwordAuth",
        ["tls_version"] = "ssl_min_protocol_version",
        ["azure.replication_support"] = "wal_level",
    };

    private static readonly string[] ParameterNames = Parameters.Keys.ToArray();

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Server, FacetTypes.Configurations };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        List<Resource> found = new();
        string? unknown = null;
        foreach ((string name, string instead) in Properties)
        {
            ResourceField field = ResourceField.Of(posture.Server, "properties." + name);
            bool isSet = field.Value.ValueKind != JsonValueKind.Undefined || UnknownValue.Is(Raw(posture.Server, name));
            if (isSet) found.Add(Describe(posture, name, "property", instead, field));
            else unknown ??= field.UnknownReason;
        }

        Facet configurations = posture.FacetOf(FacetTypes.Configurations);
        found.AddRange(configurations.Named(ParameterNames)
            .Where(parameter => Parameters.ContainsKey(parameter.Name))
            .Select(parameter => Describe(
                posture, parameter.Name, "parameter", Parameters[parameter.Name], ResourceField.Of(parameter, "properties.value"))));
        unknown ??= configurations.Gap?.Reason;
        return new Facet(FacetType, found, unknown is null ? null : new FacetGap(FacetGapKind.Partial, unknown));
    }

    // A mark in place of the value is still a setting: the name alone shows that it does nothing.
    private static JsonElement Raw(Resource server, string name) =>
        ResourceField.Of(server, "properties").Value is { ValueKind: JsonValueKind.Object } properties
            && properties.TryGetProperty(name, out JsonElement value) ? value : default;

    private static Resource Describe(Posture posture, string name, string kind, string instead, ResourceField value) =>
        new Fact().Set("setting", name).Set("kind", kind).Set("value", value).Set("useInstead", instead)
            .ToResource(posture, FacetType, name);
}
