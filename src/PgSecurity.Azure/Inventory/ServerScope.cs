using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>Which servers are meant. What is left empty lets everything pass.</summary>
public sealed class ServerScope
{
    /// <summary>Ids or display names of subscriptions.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = Array.Empty<string>();

    /// <summary>Names of management groups.</summary>
    public IReadOnlyList<string> ManagementGroups { get; init; } = Array.Empty<string>();

    /// <summary>Names of resource groups, with wildcards.</summary>
    public IReadOnlyList<string> ResourceGroups { get; init; } = Array.Empty<string>();

    /// <summary>Names of servers, with wildcards.</summary>
    public IReadOnlyList<string> Names { get; init; } = Array.Empty<string>();

    /// <summary>Tags that a server must have; values with wildcards.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A condition in Resource Graph's language, as after <c>where</c>; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>Whether a server is meant, by what its id and body say.</summary>
    public bool Includes(ServerId id, Resource server) => MayInclude(id) && Tags.All(tag => HasTag(server, tag.Key, tag.Value));

    /// <summary>Whether a server may be meant, by what its id says: tags change, names do not.</summary>
    internal bool MayInclude(ServerId id) => Matches(ResourceGroups, id.ResourceGroupName) && Matches(Names, id.Name);

    private static bool Matches(IReadOnlyList<string> patterns, string text) =>
        patterns.Count == 0 || patterns.Any(pattern => Wildcard.Matches(text, pattern));

    private static bool HasTag(Resource server, string name, string pattern) =>
        ResourceField.Of(server, "tags." + name).Value is { ValueKind: System.Text.Json.JsonValueKind.String } value
        && Wildcard.Matches(value.GetString()!, pattern);
}
