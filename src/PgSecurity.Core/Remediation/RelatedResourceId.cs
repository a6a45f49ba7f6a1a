using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation;

/// <summary>The ARM id that a resource gets when it is put beside a server.</summary>
public static class RelatedResourceId
{
    /// <summary>
    /// The id of a child of the server, of an extension resource on it, or, for what a subscription has one of (Defender
    /// plans, activity-log alerts), in the server's subscription or resource group.
    /// </summary>
    public static string Of(ServerId server, string type, string name)
    {
        if (type.StartsWith(server.ResourceType + "/", StringComparison.OrdinalIgnoreCase))
        {
            return $"{server.Value}/{type.Substring(server.ResourceType.Length + 1)}/{name}";
        }

        if (Same(type, FacetTypes.DefenderPlans))
        {
            return $"/subscriptions/{server.SubscriptionId}/providers/{type}/{name}";
        }

        if (Same(type, FacetTypes.ActivityLogAlerts) || Same(type, FacetTypes.MetricAlerts)
            || Same(type, FacetTypes.ActionGroups) || Same(type, FacetTypes.PrivateEndpoints))
        {
            return $"/subscriptions/{server.SubscriptionId}/resourceGroups/{server.ResourceGroupName}/providers/{type}/{name}";
        }

        return $"{server.Value}/providers/{type}/{name}";
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
