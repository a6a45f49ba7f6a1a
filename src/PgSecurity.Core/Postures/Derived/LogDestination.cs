using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Where a diagnostic setting sends what it sends.</summary>
/// <param name="Kind">workspace, storageAccount, eventHub or partner.</param>
/// <param name="Id">The ARM id of the destination.</param>
/// <param name="Setting">The diagnostic setting's name.</param>
/// <param name="Unknown">Why it is not known whether there is this destination; null where it is known.</param>
internal sealed record LogDestination(string Kind, string Id, string Setting, string? Unknown)
{
    private static readonly (string Kind, string Property)[] Kinds =
    {
        ("workspace", "workspaceId"),
        ("storageAccount", "storageAccountId"),
        ("eventHub", "eventHubAuthorizationRuleId"),
        ("partner", "marketplacePartnerId"),
    };

    /// <summary>Whether it is a Log Analytics workspace.</summary>
    public bool IsWorkspace => Kind == "workspace";

    /// <summary>The last part of the id.</summary>
    public string Name => Id.Substring(Id.TrimEnd('/').LastIndexOf('/') + 1).TrimEnd('/');

    /// <summary>The destinations of a setting; none where every one of its properties is empty.</summary>
    public static IEnumerable<LogDestination> Of(Resource setting)
    {
        foreach ((string kind, string property) in Kinds)
        {
            ResourceField id = ResourceField.Of(setting, "properties." + property);
            if (id.IsUnknown) yield return new LogDestination(kind, "", setting.Name, id.UnknownReason);
            else if (id.Text is not null) yield return new LogDestination(kind, id.Text, setting.Name, null);
        }
    }
}
