using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// Resources that hold for a server because of where they are set: on it, on its group, its subscription, a management
/// group, or the tenant.
/// </summary>
internal sealed class ScopedResources
{
    private const string ManagementGroups = "/providers/Microsoft.Management/managementGroups/";

    private static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        FacetTypes.DiagnosticSettings, FacetTypes.Locks, FacetTypes.RoleAssignments, FacetTypes.RoleEligibility,
        FacetTypes.PolicyAssignments, FacetTypes.DefenderPlans, FacetTypes.RoleDefinitions, FacetTypes.ActionGroups,
        FacetTypes.ActivityLogAlerts, FacetTypes.MetricAlerts, FacetTypes.ConditionalAccess,
    };

    private readonly Dictionary<string, List<Resource>> _byScope = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _complete = new(StringComparer.OrdinalIgnoreCase);

    public static bool Takes(string type) => Types.Contains(type);

    public void Add(Resource resource)
    {
        foreach (string scope in ScopesOf(resource).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_byScope.TryGetValue(scope, out List<Resource>? resources))
            {
                resources = new List<Resource>();
                _byScope[scope] = resources;
            }

            resources.Add(resource);
        }
    }

    /// <summary>Says that the list of a type at a scope was seen to its end.</summary>
    public void MarkComplete(string type, string scope) => _complete.Add(type + "@" + Key(scope));

    /// <summary>What holds for a server.</summary>
    public IEnumerable<Resource> For(ServerId server) =>
        ScopesAbove(server).SelectMany(scope => _byScope.TryGetValue(scope, out List<Resource>? found) ? found : Enumerable.Empty<Resource>());

    /// <summary>
    /// Whether all of a type that can hold for a server is known. Only types for which one list is the whole truth can
    /// be: diagnostic settings of the server itself, plans of its subscription, Conditional Access of the tenant.
    /// </summary>
    public bool IsComplete(string type, ServerId server)
    {
        string? scope = type switch
        {
            FacetTypes.DiagnosticSettings => server.Value,
            FacetTypes.DefenderPlans => "/subscriptions/" + server.SubscriptionId,
            FacetTypes.ConditionalAccess => "/",
            _ => null,
        };
        return scope is not null && _complete.Contains(type + "@" + Key(scope));
    }

    private static IEnumerable<string> ScopesAbove(ServerId server)
    {
        string subscription = "/subscriptions/" + server.SubscriptionId;
        yield return server.Value;
        yield return subscription + "/resourceGroups/" + server.ResourceGroupName;
        yield return subscription;
        yield return "/";
    }

    private static IEnumerable<string> ScopesOf(Resource resource)
    {
        switch (resource.Type)
        {
            case FacetTypes.RoleDefinitions:
            case FacetTypes.ActionGroups:
                return new[] { SubscriptionScope(resource.Id) };
            case FacetTypes.ActivityLogAlerts:
            case FacetTypes.MetricAlerts:
                return AlertScopes(resource);
            case FacetTypes.ConditionalAccess:
                return new[] { "/" };
            case FacetTypes.RoleAssignments:
                return new[] { Key(ArmJson.Text(resource.Body, "properties", "scope") ?? ResourceId.ScopeOf(resource.Id)) };
            default:
                return new[] { Key(ResourceId.ScopeOf(resource.Id)) };
        }
    }

    /// <summary>The scopes that an alert watches; its own subscription as well, where those cannot be told.</summary>
    private static IEnumerable<string> AlertScopes(Resource alert)
    {
        if (!ArmJson.TryGet(alert.Body, "properties", out JsonElement properties)
            || !ArmJson.TryGet(properties, "scopes", out JsonElement scopes)
            || scopes.ValueKind != JsonValueKind.Array)
        {
            return new[] { SubscriptionScope(alert.Id) };
        }

        return scopes.EnumerateArray().Select(scope =>
            scope.ValueKind == JsonValueKind.String ? Key(scope.GetString()!) : SubscriptionScope(alert.Id));
    }

    private static string SubscriptionScope(string id) =>
        ResourceId.SubscriptionOf(id) is string subscription ? "/subscriptions/" + subscription : "/";

    /// <summary>
    /// One spelling of a scope. Which subscriptions a management group holds is not known here, so what is set there
    /// counts for all.
    /// </summary>
    private static string Key(string scope)
    {
        string trimmed = scope.TrimEnd('/');
        return trimmed.Length == 0 || trimmed.StartsWith(ManagementGroups, StringComparison.OrdinalIgnoreCase) ? "/" : trimmed;
    }
}
