using System;
using System.Collections.Generic;

namespace PgSecurity.Sandbox.Estate;

/// <summary>
/// A path of ARM taken apart: subscription, resource group and the last provider's types and names. What stands before
/// the last <c>/providers/</c> is its scope, which for an extension resource is another resource.
/// </summary>
internal sealed class ArmPath
{
    private ArmPath(string text, string[] segments, string? subscription, string? resourceGroup, int provider)
    {
        Text = text;
        Subscription = subscription;
        ResourceGroup = resourceGroup;
        List<string> types = new();
        List<string> names = new();
        if (provider >= 0 && provider < segments.Length)
        {
            Namespace = segments[provider];
            for (int at = provider + 1; at < segments.Length; at++)
            {
                ((at - provider) % 2 == 1 ? types : names).Add(segments[at]);
            }

            Scope = provider == 1 ? string.Empty : "/" + string.Join("/", segments, 0, provider - 1);
        }
        else
        {
            Scope = text;
        }

        Types = types;
        Names = names;
    }

    /// <summary>The path, decoded, with one slash at its start and none at its end.</summary>
    public string Text { get; }

    /// <summary>The subscription's id; null above subscriptions.</summary>
    public string? Subscription { get; }

    /// <summary>The resource group; null above groups.</summary>
    public string? ResourceGroup { get; }

    /// <summary>The last provider, such as <c>Microsoft.Insights</c>; null for a group or a subscription.</summary>
    public string? Namespace { get; }

    /// <summary>The last provider's types, such as <c>flexibleServers</c>, <c>firewallRules</c>.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The names to them; one less than the types for a collection or an action.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What stands before the last provider; empty for the tenant.</summary>
    public string Scope { get; }

    /// <summary>Whether the path names a resource, and not a collection or an action.</summary>
    public bool IsResource => Namespace is not null && Types.Count > 0 && Types.Count == Names.Count;

    /// <summary>The full type, such as <c>Microsoft.Insights/diagnosticSettings</c>.</summary>
    public string Type => Namespace + "/" + string.Join("/", Types);

    /// <summary>The last name.</summary>
    public string Name => Names[Names.Count - 1];

    /// <summary>The path without its last segment: the collection of a resource.</summary>
    public string Parent => Text.Substring(0, Text.LastIndexOf('/'));

    /// <summary>The path of the first resource of the last provider, such as the server that a rule belongs to.</summary>
    public string Root => Scope + "/providers/" + Namespace + "/" + Types[0] + (Names.Count > 0 ? "/" + Names[0] : string.Empty);

    /// <summary>Takes a path apart.</summary>
    public static ArmPath Parse(string path)
    {
        string[] segments = Uri.UnescapeDataString(path).Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries);
        string? subscription = null;
        string? group = null;
        int provider = -1;
        if (segments.Length >= 2 && Same(segments[0], "subscriptions"))
        {
            subscription = segments[1];
            if (segments.Length >= 4 && Same(segments[2], "resourceGroups")) group = segments[3];
        }

        for (int at = 0; at < segments.Length - 1; at++)
        {
            if (Same(segments[at], "providers")) provider = at + 1;
        }

        return new ArmPath("/" + string.Join("/", segments), segments, subscription, group, provider);
    }

    /// <summary>Whether the last provider and its types are these.</summary>
    public bool Is(string type) => Namespace is not null && Same(Type, type);

    /// <summary>Whether one path is another one or lies below it.</summary>
    public static bool IsAtOrBelow(string path, string scope) =>
        scope.Length == 0
        || scope == "/"
        || (path.StartsWith(scope, StringComparison.OrdinalIgnoreCase)
            && (path.Length == scope.Length || path[scope.Length] == '/'));

    /// <summary>Comparison as ARM does it.</summary>
    public static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
