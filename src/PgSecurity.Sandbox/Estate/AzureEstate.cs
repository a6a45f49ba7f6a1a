using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Estate;

/// <summary>All resources there are, found by id, by collection, and by type in a scope. Used under the sandbox's lock.</summary>
internal sealed class AzureEstate
{
    private static readonly StringComparer Ids = StringComparer.OrdinalIgnoreCase;
    private readonly Dictionary<string, EstateResource> _byId = new(Ids);
    private readonly Dictionary<string, Dictionary<string, EstateResource>> _byCollection = new(Ids);
    private readonly Dictionary<string, Dictionary<string, EstateResource>> _byType = new(Ids);
    private readonly HashSet<string> _subscriptions = new(Ids);

    /// <summary>The subscriptions, in the order in which they became known.</summary>
    internal List<string> Subscriptions { get; } = new();

    /// <summary>What the estate does not know, and therefore refuses.</summary>
    internal Refusals Refusals { get; } = new();

    /// <summary>Puts a resource in, in place of the one with its id.</summary>
    internal EstateResource Put(EstateResource resource)
    {
        _byId[resource.Id] = resource;
        Bucket(_byCollection, CollectionOf(resource.Id))[resource.Id] = resource;
        Bucket(_byType, resource.Type)[resource.Id] = resource;
        Learn(ArmPath.Parse(resource.Id));
        return resource;
    }

    /// <summary>Puts a resource in whose body has no id, type and name yet, or others.</summary>
    internal EstateResource Put(string id, string type, string name, JsonObject body) =>
        Put(new EstateResource(id, type, name, body));

    /// <summary>The resource of an id; null where there is none.</summary>
    internal EstateResource? Find(string id) => _byId.TryGetValue(id, out EstateResource? resource) ? resource : null;

    /// <summary>Takes a resource out, with all below it.</summary>
    internal void Remove(string id)
    {
        foreach (EstateResource resource in AtOrBelow(id))
        {
            Remove(resource);
        }
    }

    /// <summary>Takes out a resource that has nothing below it, without looking through the whole estate.</summary>
    internal void RemoveLeaf(string id)
    {
        if (Find(id) is EstateResource resource) Remove(resource);
    }

    /// <summary>The resources of a collection's path, in the order in which they were made.</summary>
    internal IReadOnlyList<EstateResource> Collection(string path) =>
        _byCollection.TryGetValue(path, out Dictionary<string, EstateResource>? there)
            ? there.Values.ToArray()
            : Array.Empty<EstateResource>();

    /// <summary>The resources of a type at or below a scope.</summary>
    internal IEnumerable<EstateResource> OfType(string type, string scope = "")
    {
        if (!_byType.TryGetValue(type, out Dictionary<string, EstateResource>? there)) return Array.Empty<EstateResource>();
        return there.Values.Where(resource => ArmPath.IsAtOrBelow(resource.Id, scope)).ToArray();
    }

    /// <summary>Everything, by id.</summary>
    internal IEnumerable<EstateResource> All() => _byId.Values.OrderBy(resource => resource.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a subscription is known.</summary>
    internal bool HasSubscription(string id) => _subscriptions.Contains(id);

    /// <summary>Makes a subscription known.</summary>
    internal void AddSubscription(string id)
    {
        if (_subscriptions.Add(id)) Subscriptions.Add(id);
    }

    /// <summary>The id of a resource group.</summary>
    internal static string GroupId(string subscription, string group) => $"/subscriptions/{subscription}/resourceGroups/{group}";

    /// <summary>Makes a resource group known where it is not.</summary>
    internal EstateResource EnsureGroup(string subscription, string group, string location)
    {
        AddSubscription(subscription);
        string id = GroupId(subscription, group);
        if (Find(id) is EstateResource there) return there;
        return Put(
            id,
            "Microsoft.Resources/resourceGroups",
            group,
            new JsonObject
            {
                ["id"] = id,
                ["name"] = group,
                ["type"] = "Microsoft.Resources/resourceGroups",
                ["location"] = Locations.Code(location),
                ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
            });
    }

    private void Remove(EstateResource resource)
    {
        _byId.Remove(resource.Id);
        Bucket(_byCollection, CollectionOf(resource.Id)).Remove(resource.Id);
        Bucket(_byType, resource.Type).Remove(resource.Id);
    }

    private void Learn(ArmPath path)
    {
        if (path.Subscription is not null) AddSubscription(path.Subscription);
    }

    private IEnumerable<EstateResource> AtOrBelow(string id) =>
        _byId.Values.Where(resource => ArmPath.IsAtOrBelow(resource.Id, id)).ToArray();

    private static string CollectionOf(string id) => id.Substring(0, Math.Max(0, id.LastIndexOf('/')));

    private static Dictionary<string, EstateResource> Bucket(Dictionary<string, Dictionary<string, EstateResource>> all, string key)
    {
        if (!all.TryGetValue(key, out Dictionary<string, EstateResource>? bucket))
        {
            bucket = new Dictionary<string, EstateResource>(Ids);
            all[key] = bucket;
        }

        return bucket;
    }
}
