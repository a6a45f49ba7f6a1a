using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// Resources that belong to a server because one names the other: its keys and their vaults, its private DNS zone and
/// subnet, the workspaces its logs go to; private endpoints and backup instances that point at it.
/// </summary>
internal sealed class ReferencedResources(FacetGap partial)
{
    private static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        FacetTypes.Vaults, FacetTypes.Keys, FacetTypes.ManagedHsms, FacetTypes.PrivateDnsZones, FacetTypes.Subnets,
        FacetTypes.Workspaces, FacetTypes.PrivateEndpoints, FacetTypes.BackupInstances,
    };

    private readonly Dictionary<string, List<Resource>> _byTarget = new(StringComparer.OrdinalIgnoreCase);

    public static bool Takes(string type) => Types.Contains(type);

    public void Add(Resource resource)
    {
        foreach (string target in TargetsOf(resource).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string key = resource.Type + "@" + target.TrimEnd('/');
            if (!_byTarget.TryGetValue(key, out List<Resource>? resources))
            {
                resources = new List<Resource>();
                _byTarget[key] = resources;
            }

            resources.Add(resource);
        }
    }

    /// <summary>The facets that references from and to a server give; complete where everything it names was found.</summary>
    /// <param name="id">The server.</param>
    /// <param name="server">Its body.</param>
    /// <param name="diagnosticSettings">Its diagnostic settings, which name workspaces.</param>
    public IEnumerable<Facet> For(ServerId id, Resource server, Facet? diagnosticSettings)
    {
        if (_byTarget.Count == 0) return Enumerable.Empty<Facet>();
        bool whole = server.Gap is null;
        List<KeyReference> keys = KeyReferences(server);
        string? zone = ArmJson.Text(server.Body, "properties", "network", "privateDnsZoneArmResourceId");
        string? subnet = ArmJson.Text(server.Body, "properties", "network", "delegatedSubnetResourceId");
        return new[]
        {
            Named(FacetTypes.Keys, keys.Select(key => key.Name), whole),
            Named(FacetTypes.Vaults, keys.Where(key => !key.IsManagedHsm).Select(key => key.Vault), whole),
            Named(FacetTypes.ManagedHsms, keys.Where(key => key.IsManagedHsm).Select(key => key.Vault), whole),
            Named(FacetTypes.PrivateDnsZones, Present(zone), whole),
            Named(FacetTypes.Subnets, Present(subnet), whole),
            Named(FacetTypes.Workspaces, WorkspaceIds(diagnosticSettings), diagnosticSettings is { IsComplete: true }),
            Named(FacetTypes.PrivateEndpoints, new[] { id.Value }, complete: false),
            Named(FacetTypes.BackupInstances, new[] { id.Value }, complete: false),
        }.OfType<Facet>();
    }

    private Facet? Named(string type, IEnumerable<string> targets, bool complete)
    {
        List<Resource> found = new();
        foreach (string target in targets.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (_byTarget.TryGetValue(type + "@" + target.TrimEnd('/'), out List<Resource>? resources)) found.AddRange(resources);
            else complete = false;
        }

        if (found.Count == 0) return null;
        return new Facet(type, FacetLists.Distinct(found), complete ? null : partial);
    }

    private static IEnumerable<string> Present(string? text) => text is null ? Array.Empty<string>() : new[] { text };

    private static IEnumerable<string> WorkspaceIds(Facet? settings) =>
        settings is null
            ? Array.Empty<string>()
            : settings.Resources.Select(setting => ArmJson.Text(setting.Body, "properties", "workspaceId")).OfType<string>();

    private static IEnumerable<string> TargetsOf(Resource resource)
    {
        switch (resource.Type)
        {
            case FacetTypes.Keys:
                return new[] { ResourceId.NameOf(ResourceId.ScopeOf(resource.Id)) + "/" + resource.Name };
            case FacetTypes.Vaults:
            case FacetTypes.ManagedHsms:
                return new[] { resource.Name };
            case FacetTypes.PrivateEndpoints:
                return Connections(resource, "privateLinkServiceConnections")
                    .Concat(Connections(resource, "manualPrivateLinkServiceConnections"));
            case FacetTypes.BackupInstances:
                return Present(ArmJson.Text(resource.Body, "properties", "dataSourceInfo", "resourceID"));
            default:
                return new[] { resource.Id };
        }
    }

    private static IEnumerable<string> Connections(Resource endpoint, string list)
    {
        if (!ArmJson.TryGet(endpoint.Body, "properties", out JsonElement properties)
            || !ArmJson.TryGet(properties, list, out JsonElement connections)
            || connections.ValueKind != JsonValueKind.Array)
        {
            return Array.Empty<string>();
        }

        return connections.EnumerateArray()
            .Select(connection => ArmJson.Text(connection, "properties", "privateLinkServiceId"))
            .OfType<string>();
    }

    private static List<KeyReference> KeyReferences(Resource server)
    {
        List<KeyReference> keys = new();
        foreach (string name in new[] { "primaryKeyURI", "geoBackupKeyURI" })
        {
            if (KeyReference.Read(ArmJson.Text(server.Body, "properties", "dataEncryption", name)) is KeyReference key) keys.Add(key);
        }

        return keys;
    }

    /// <summary>The vault and key in a key's address, <c>https://vault.vault.azure.net/keys/key/version</c>.</summary>
    private sealed class KeyReference
    {
        public required string Vault { get; init; }

        /// <summary>Vault and key: <c>vault/key</c>. A vault's name is unique in the cloud.</summary>
        public required string Name { get; init; }

        public required bool IsManagedHsm { get; init; }

        public static KeyReference? Read(string? uri)
        {
            if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? address)) return null;
            string[] path = address.AbsolutePath.Trim('/').Split('/');
            if (path.Length < 2 || !string.Equals(path[0], "keys", StringComparison.OrdinalIgnoreCase)) return null;
            string vault = address.Host.Split('.')[0];
            return new KeyReference
            {
                Vault = vault,
                Name = vault + "/" + path[1],
                IsManagedHsm = address.Host.IndexOf(".managedhsm.", StringComparison.OrdinalIgnoreCase) >= 0,
            };
        }
    }
}
