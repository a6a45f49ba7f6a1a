using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Collectors;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// One collection over many servers. What one request brings for many is asked for once: lists of a subscription,
/// Resource Graph, keys and vaults, the directory. Safe for many threads.
/// </summary>
public sealed class CollectionRun
{
    private const string ServerStopped = "ServerStoppedError";
    private readonly SharedFacts<Collected> _servers = new();
    private readonly SharedFacts<Collected> _inventories = new();
    private readonly SharedFacts<Collected> _parameters = new();
    private readonly SharedFacts<Collected> _inSubscription = new();
    private readonly SharedFacts<Collected> _resources = new();
    private readonly SharedFacts<Collected> _once = new();
    private readonly SharedFacts<Collected?> _otherTenants = new();
    private readonly SharedFacts<Permissions> _permissions = new();
    private readonly HashSet<string> _needed;
    private readonly CancellationToken _stop;

    /// <summary>Makes a run.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="facetTypes">The kinds of resources that are needed, as <c>Evaluator.RequiredFacets</c> has them.</param>
    /// <param name="stop">Ends every wait of the run.</param>
    public CollectionRun(AzureSession session, IEnumerable<string> facetTypes, CancellationToken stop)
    {
        Session = session;
        _stop = stop;
        FacetTypes = facetTypes.Select(Core.Postures.FacetTypes.Normalize).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        _needed = new HashSet<string>(FacetTypes, StringComparer.OrdinalIgnoreCase);
        Directory = new DirectoryLookup(session.Graph, stop);
    }

    /// <summary>All that can be collected: what a snapshot needs.</summary>
    public static IReadOnlyCollection<string> EveryFacet => FacetCollectors.Types;

    /// <summary>The connection.</summary>
    public AzureSession Session { get; }

    /// <summary>The kinds of resources that are needed.</summary>
    public IReadOnlyList<string> FacetTypes { get; }

    internal DirectoryLookup Directory { get; }

    /// <summary>Collects a server.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<CollectedServer> CollectAsync(ServerId id)
    {
        Collected found = await ServerAsync(id).ConfigureAwait(false);
        if (found.Fault is ArmFault fault) return new CollectedServer(id, fault);
        if (found.Resources.Count == 0) return new CollectedServer(id, ArmFaults.NoServer(id.Value));

        // In the service's spelling, however the id was typed.
        ServerId own = ServerId.TryParse(found.Resources[0].Id, out ServerId? spelt) && spelt!.Equals(id) ? spelt : id;
        return await new ServerCollection(this, own, found.Resources[0]).CollectAsync().ConfigureAwait(false);
    }

    /// <summary>Whether a kind of resource is needed.</summary>
    internal bool Needs(string type) => _needed.Contains(type);

    /// <summary>A server: from the list of its subscription where that was read, otherwise by its own GET.</summary>
    internal Task<Collected> ServerAsync(ServerId id) => _servers.Of(id.Value, () => ReadServerAsync(id));

    /// <summary>Takes servers that a list brought, so that they are not asked for one by one.</summary>
    internal void Know(Resource server) => _ = _servers.Of(server.Id, () => Task.FromResult(new Collected(new[] { server })));

    /// <summary>The servers of a subscription.</summary>
    internal Task<Collected> ServersAsync(string subscription) => _inventories.Of(subscription, async () =>
    {
        string path = "/subscriptions/" + subscription + "/providers/" + Core.Postures.FacetTypes.Server;
        Collected listed = await ListAsync(path, Core.Postures.FacetTypes.Server).ConfigureAwait(false);
        List<Resource> servers = listed.Resources.Select(server => ServerBodies.Read(server.Body)).OfType<Resource>().ToList();
        foreach (Resource server in servers)
        {
            Know(server);
        }

        return listed with { Resources = servers };
    });

    /// <summary>The parameters of a server.</summary>
    internal Task<Collected> ParametersAsync(ServerId id) => _parameters.Of(
        id.Value,
        () => ListAsync(id.Value + "/configurations", Core.Postures.FacetTypes.Configurations));

    /// <summary>A list of a subscription.</summary>
    internal Task<Collected> InSubscriptionAsync(string subscription, string type) => _inSubscription.Of(
        subscription + "/" + type,
        () => ListAsync("/subscriptions/" + subscription + "/providers/" + type, type));

    /// <summary>What the identity may do in a subscription.</summary>
    internal Task<Permissions> PermissionsAsync(string subscription) => _permissions.Of(
        subscription,
        () => ReadPermissionsAsync("/subscriptions/" + subscription));

    /// <summary>What the region offers, asked for once a region.</summary>
    internal Task<Collected> CapabilitiesAsync(string subscription, string location)
    {
        string code = string.Concat(location.Split(' ')).ToLowerInvariant();
        string path = "/subscriptions/" + subscription + "/providers/Microsoft.DBforPostgreSQL/locations/" + code + "/capabilities";
        return _once.Of("capabilities/" + code, async () =>
        {
            try
            {
                ArmListing listing = await Session.Arm.ListAsync(path, _stop).ConfigureAwait(false);
                return Capabilities(listing, path);
            }
            catch (ArmException error)
            {
                return Collected.Unavailable(error.Fault);
            }
        });
    }

    /// <summary>The rows of Resource Graph that concern flexible servers.</summary>
    internal Task<Collected> GraphRowsAsync() => _once.Of("graph", () => QueryAsync(GraphQueryText.Resources));

    /// <summary>The backup instances that protect flexible servers.</summary>
    internal Task<Collected> BackupInstancesAsync() => _once.Of("backupInstances", () => QueryAsync(GraphQueryText.BackupInstances));

    /// <summary>The Conditional Access policies of the tenant.</summary>
    internal Task<Collected> ConditionalAccessAsync() => _once.Of("conditionalAccess", async () =>
    {
        if (Session.Graph is not ArmClient graph) return Collected.Unavailable("no token for Microsoft Graph");
        try
        {
            ArmListing listing = await graph.ListAsync("/v1.0/identity/conditionalAccess/policies", _stop).ConfigureAwait(false);
            Resource[] policies = listing.Items.Select(ConditionalAccessCollector.ToResource).OfType<Resource>().ToArray();
            return listing.Fault is ArmFault fault ? Collected.Unavailable(fault) with { Resources = policies } : new Collected(policies);
        }
        catch (ArmException error)
        {
            return Collected.Unavailable(error.Fault);
        }
    });

    /// <summary>
    /// Why the directory that the identity reads is not that of a subscription; null where it is, or where the identity's
    /// own tenant is not known.
    /// </summary>
    internal Task<Collected?> OtherTenantAsync(string subscription) => _otherTenants.Of(subscription, async () =>
    {
        if (Session.TenantId is null) return null;
        try
        {
            JsonElement body = await Session.Arm.GetAsync("/subscriptions/" + subscription, _stop).ConfigureAwait(false);
            string? tenant = ResourceField.In(body, "tenantId").Text;
            return tenant is null || Same(tenant, Session.TenantId)
                ? null
                : Collected.Unavailable($"the subscription belongs to the tenant {tenant}, and the connection reads the directory of {Session.TenantId}");
        }
        catch (ArmException error)
        {
            return Collected.Unavailable(error.Fault);
        }
    });

    /// <summary>A resource that something names: from Resource Graph, or by its own GET. One that is gone is none.</summary>
    internal Task<Collected> ResourceAsync(string id, string type) => _resources.Of(id, async () =>
    {
        Collected rows = await GraphRowsAsync().ConfigureAwait(false);
        return rows.Resources.FirstOrDefault(row => Same(row.Id, id)) is Resource row && Same(row.Type, type)
            ? new Collected(new[] { row })
            : await GetAsync(id, type).ConfigureAwait(false);
    });

    /// <summary>The vault or managed HSM of a key.</summary>
    internal Task<Collected> KeyStoreAsync(KeyName key) => _resources.Of("store/" + key.Host, async () =>
    {
        string type = key.IsManagedHsm ? Core.Postures.FacetTypes.ManagedHsms : Core.Postures.FacetTypes.Vaults;
        Collected rows = await GraphRowsAsync().ConfigureAwait(false);
        Resource? row = rows.Resources.FirstOrDefault(candidate => Same(candidate.Type, type) && Same(candidate.Name, key.Store));
        if (row is not null) return await GetAsync(row.Id, type).ConfigureAwait(false);
        return rows.Fault is not null
            ? rows with { Resources = Array.Empty<Resource>() }
            : Collected.Unavailable($"{key.Store} is not among the key stores that the identity may read; missing {type}/read");
    });

    /// <summary>A key.</summary>
    internal Task<Collected> KeyAsync(KeyName key, string type) => _resources.Of("key/" + key.Host + "/" + key.Key, async () =>
    {
        Collected store = await KeyStoreAsync(key).ConfigureAwait(false);
        return store.Resources.Count == 0
            ? store.Gap is null ? Collected.Unavailable($"the key store {key.Store} was not found") : store
            : await GetAsync(store.Resources[0].Id + "/keys/" + key.Key, type).ConfigureAwait(false);
    });

    /// <summary>A list, as far as it can be had.</summary>
    internal async Task<Collected> ListAsync(string path, string type)
    {
        try
        {
            return Collected.Of(await Session.Arm.ListAsync(path, _stop).ConfigureAwait(false), type);
        }
        catch (ArmException error) when (error.Fault.Code == ServerStopped)
        {
            // What a stopped server does not answer is no fault of anybody.
            return Collected.Unavailable("the server is stopped (400 ServerStoppedError)");
        }
        catch (ArmException error)
        {
            return Collected.Unavailable(error.Fault);
        }
    }

    /// <summary>What the identity may do at a scope.</summary>
    internal async Task<Permissions> ReadPermissionsAsync(string scope)
    {
        try
        {
            return Permissions.Of(await Session.Arm.ListAsync(scope + "/providers/Microsoft.Authorization/permissions", _stop).ConfigureAwait(false));
        }
        catch (ArmException error)
        {
            return Permissions.Unknown(error.Fault);
        }
    }

    private async Task<Collected> ReadServerAsync(ServerId id)
    {
        if (id.IsSingleServer) return await GraphServerAsync(id).ConfigureAwait(false);
        Collected found = await GetAsync(id.Value, Core.Postures.FacetTypes.Server).ConfigureAwait(false);
        return found.Resources.Count > 0 && ServerBodies.Read(found.Resources[0].Body) is Resource server ? new Collected(new[] { server }) : found;
    }

    // ARM no longer answers for single servers; Resource Graph may still show one.
    private async Task<Collected> GraphServerAsync(ServerId id)
    {
        Collected rows = await GraphRowsAsync().ConfigureAwait(false);
        return rows.Where(row => Same(row.Id, id.Value));
    }

    private async Task<Collected> GetAsync(string id, string type)
    {
        try
        {
            JsonElement? body = await Session.Arm.FindAsync(id, _stop).ConfigureAwait(false);
            return body is JsonElement found && Bodies.Resource(found, type) is Resource resource ? new Collected(new[] { resource }) : Collected.None;
        }
        catch (ArmException error)
        {
            return Collected.Unavailable(error.Fault);
        }
    }

    private async Task<Collected> QueryAsync(string query)
    {
        try
        {
            IReadOnlyList<JsonElement> rows = await ResourceGraph.QueryAsync(Session.Arm, query, Array.Empty<string>(), _stop).ConfigureAwait(false);
            return new Collected(rows.Select(Row).OfType<Resource>().SelectMany(WithSubnets).ToList());
        }
        catch (ArmException error)
        {
            return Collected.Unavailable(error.Fault);
        }
    }

    private static Resource? Row(JsonElement row) =>
        ResourceField.In(row, "type").Text is string type ? Bodies.Resource(row, type) : null;

    // A virtual network's row holds its subnets whole.
    private static IEnumerable<Resource> WithSubnets(Resource row)
    {
        JsonElement subnets = ResourceField.Of(row, "properties.subnets").Value;
        return !Same(row.Type, "Microsoft.Network/virtualNetworks") || subnets.ValueKind != JsonValueKind.Array
            ? new[] { row }
            : subnets.EnumerateArray().Select(subnet => Bodies.Resource(subnet, Core.Postures.FacetTypes.Subnets)).OfType<Resource>().Append(row);
    }

    private static Collected Capabilities(ArmListing listing, string path)
    {
        List<Resource> offers = listing.Items
            .Select((item, index) => new Resource(
                ResourceField.In(item, "id").Text ?? path + "/" + index,
                Core.Postures.FacetTypes.Capabilities,
                ResourceField.In(item, "name").Text ?? "FlexibleServerCapabilities",
                item))
            .ToList();
        return listing.Fault is ArmFault fault ? Collected.Unavailable(fault) with { Resources = offers } : new Collected(offers);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
