using System;
using System.Text.Json;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>
/// Where a template is deployed to. A template does not know its subscription and group, so it has made-up ones: the
/// subscription of zeros and a group with the name of the template's file.
/// </summary>
/// <param name="SubscriptionId">The subscription's GUID.</param>
/// <param name="ResourceGroup">The group's name; null for a template of a subscription or above.</param>
internal sealed record DeploymentPlace(string SubscriptionId, string? ResourceGroup)
{
    public const string NoSubscription = "00000000-0000-0000-0000-000000000000";

    /// <summary>The id that resources without a scope of their own are under.</summary>
    public string Id => ResourceGroup is null
        ? "/subscriptions/" + SubscriptionId
        : $"/subscriptions/{SubscriptionId}/resourceGroups/{ResourceGroup}";

    /// <summary>The made-up place of a template.</summary>
    public static DeploymentPlace Of(JsonElement template, string fileName)
    {
        string group = fileName.Replace('/', '-').Replace('\\', '-').Trim();
        if (group.Length == 0) group = "template";
        return ArmJson.Text(template, "$schema")?.IndexOf("/subscriptionDeploymentTemplate", StringComparison.OrdinalIgnoreCase) >= 0
            ? new DeploymentPlace(NoSubscription, null)
            : new DeploymentPlace(NoSubscription, group);
    }
}
