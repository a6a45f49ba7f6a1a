using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Recognition;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Templates;

/// <summary>
/// A flexible server that a template declares, with what the service does about the settings that the template leaves
/// out: its default where the server is a new one, unknown where it takes them from another server.
/// </summary>
internal sealed class TemplateServer
{
    private const string NewServer = "Default";
    private const string FirstApiWithPublicAccess = "2023-06-01";

    private readonly JsonObject _body;
    private readonly JsonObject _properties;
    private readonly string? _createMode;

    public TemplateServer(TemplateResource resource)
    {
        Id = ServerId.Parse(resource.Id);
        _body = JsonObject.Create(resource.Body)!;
        Gap = TakeProperties(out _properties);
        _createMode = CreateMode();
        AddDefaults();
        MarkInherited(_body, "sku");
        MarkInherited(_properties, "version");
        TakeOutPassword();
        DoubtPublicAccess(ArmJson.Text(resource.Body, "apiVersion"));
    }

    public ServerId Id { get; }

    /// <summary>Why properties that are not there are unknown; null where the server is declared whole.</summary>
    public string? Gap { get; }

    /// <summary>Whether the server is made new, so that the service's defaults hold for it and its parameters.</summary>
    public bool IsNew => Gap is null && _createMode is not null && IsNewMode(_createMode);

    /// <summary>The major version; null where it is not known.</summary>
    public string? Version => Text(Member(_properties, "version"));

    public Resource ToResource() => new(Id.Value, FacetTypes.Server, Id.Name, ArmJson.Element(_body), Gap);

    /// <summary>The object of properties; where an expression in its place gives none, an empty one and a gap.</summary>
    private string? TakeProperties(out JsonObject properties)
    {
        JsonNode? declared = Member(_body, "properties");
        if (declared is JsonObject found && !found.ContainsKey(UnknownValue.Key))
        {
            properties = found;
            return null;
        }

        properties = new JsonObject();
        _body["properties"] = properties;
        return declared switch
        {
            null => null,
            JsonObject mark => Text(mark[UnknownValue.Key]) ?? "the properties are not known",
            _ => "the properties are no object",
        };
    }

    private string? CreateMode()
    {
        JsonNode? mode = Member(_properties, "createMode");
        return mode is null ? NewServer : Text(mode);
    }

    private void AddDefaults()
    {
        if (Gap is not null) return;
        bool? virtualNetwork = IsInVirtualNetwork();
        foreach (PropertyDefault entry in ServiceDefaults.ServerProperties)
        {
            bool otherNetwork = entry.Network is not null && virtualNetwork is bool known && known != (entry.Network == "virtualNetwork");
            if (!otherNetwork) AddDefault(entry, entry.Network is null || virtualNetwork is not null);
        }
    }

    private void AddDefault(PropertyDefault entry, bool networkIsKnown)
    {
        JsonObject container = _properties;
        for (int index = 0; index < entry.Path.Count - 1; index++)
        {
            JsonNode? next = Member(container, entry.Path[index]);
            if (next is null)
            {
                next = new JsonObject();
                container[entry.Path[index]] = next;
            }

            // What stands for the whole of it is unknown, or is no object: nothing can be added.
            if (next is not JsonObject inner || inner.ContainsKey(UnknownValue.Key)) return;
            container = inner;
        }

        string name = entry.Path[entry.Path.Count - 1];
        if (Member(container, name) is not null) return;
        container[name] = WhyUnknown(entry, networkIsKnown) is string reason ? ArmJson.Unknown(reason) : ArmJson.Node(entry.Value);
    }

    /// <summary>What the service has no default for: a new server must name it, another takes it from its source.</summary>
    private void MarkInherited(JsonObject container, string name)
    {
        if (Gap is not null || IsNew || Member(container, name) is not null) return;
        container[name] = ArmJson.Unknown(_createMode is null
            ? "not set, and how the server is made (createMode) is not known"
            : $"not set: a server made with createMode {_createMode} takes it from its source");
    }

    private string? WhyUnknown(PropertyDefault entry, bool networkIsKnown)
    {
        if (_createMode is null) return "not set, and how the server is made (createMode) is not known";
        if (!entry.HoldsFor(_createMode)) return $"not set: a server made with createMode {_createMode} takes it from its source";
        return networkIsKnown ? null : "not set, and whether the server is in a virtual network is not known";
    }

    /// <summary>Whether it has a delegated subnet; null where that cannot be told.</summary>
    private bool? IsInVirtualNetwork()
    {
        JsonNode? network = Member(_properties, "network");
        if (network is not JsonObject members) return network is null ? false : null;
        if (members.ContainsKey(UnknownValue.Key)) return null;
        JsonNode? subnet = Member(members, "delegatedSubnetResourceId");
        if (subnet is null) return false;
        return Text(subnet) is string text ? text.Length > 0 : null;
    }

    private void TakeOutPassword()
    {
        foreach (KeyValuePair<string, JsonNode?> property in new List<KeyValuePair<string, JsonNode?>>(_properties))
        {
            if (property.Value is not null && Secrets.IsSecretName(property.Key)) _properties[property.Key] = ArmJson.Unknown(Secrets.Reason);
        }
    }

    /// <summary>Before API 2023-06-01-preview public access could be read and not set: a template of that time closes nothing.</summary>
    private void DoubtPublicAccess(string? apiVersion)
    {
        if (apiVersion is null
            || apiVersion.Length < FirstApiWithPublicAccess.Length
            || string.CompareOrdinal(apiVersion, 0, FirstApiWithPublicAccess, 0, FirstApiWithPublicAccess.Length) >= 0
            || IsInVirtualNetwork() != false
            || Member(_properties, "network") is not JsonObject network
            || !string.Equals(Text(Member(network, "publicNetworkAccess")), "Disabled", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        network[Spelling(network, "publicNetworkAccess")] = ArmJson.Unknown(
            $"API version {apiVersion} cannot set it: use 2023-06-01-preview or later");
    }

    private static bool IsNewMode(string createMode) =>
        string.Equals(createMode, NewServer, StringComparison.OrdinalIgnoreCase)
        || string.Equals(createMode, "Create", StringComparison.OrdinalIgnoreCase);

    private static JsonNode? Member(JsonObject container, string name) => container[Spelling(container, name)];

    private static string Spelling(JsonObject container, string name)
    {
        foreach (KeyValuePair<string, JsonNode?> member in container)
        {
            if (string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)) return member.Key;
        }

        return name;
    }

    private static string? Text(JsonNode? value)
    {
        if (value is not JsonValue scalar) return null;
        if (scalar.TryGetValue(out string? text)) return text;
        return scalar.TryGetValue(out long number) ? number.ToString(CultureInfo.InvariantCulture) : null;
    }
}
