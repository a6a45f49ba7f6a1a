using System;
using System.Linq;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>A subscription or a management group, which can hold policy definitions.</summary>
public sealed class PolicyScope
{
    private const string GroupPrefix = "/providers/Microsoft.Management/managementGroups/";
    private const string SubscriptionPrefix = "/subscriptions/";

    private static readonly char[] OtherCharacters = { '-', '_', '(', ')', '.' };

    private PolicyScope(string id, bool isManagementGroup)
    {
        Id = id;
        IsManagementGroup = isManagementGroup;
    }

    /// <summary>The ARM id.</summary>
    public string Id { get; }

    /// <summary>Whether it is a management group.</summary>
    public bool IsManagementGroup { get; }

    /// <summary>The scope of a subscription.</summary>
    public static PolicyScope Subscription(Guid id) => new(SubscriptionPrefix + id.ToString("D"), false);

    /// <summary>The scope of a management group.</summary>
    /// <param name="name">Its id: up to 90 letters, digits, and <c>- _ ( ) .</c></param>
    /// <exception cref="ArgumentException">It is not the id of a management group.</exception>
    public static PolicyScope ManagementGroup(string name) => IsGroupName(name)
        ? new PolicyScope(GroupPrefix + name, true)
        : throw new ArgumentException(
            $"'{name}' is not the id of a management group: it has 1 to 90 letters, digits, hyphens, underscores, periods and parentheses.",
            nameof(name));

    /// <summary>The ARM id of a policy definition, or of an initiative, that the scope holds.</summary>
    public string IdOf(string type, string name) => $"{Id}/providers/{type}/{name}";

    private static bool IsGroupName(string name) =>
        name.Length is > 0 and <= 90 && name.All(one => char.IsLetterOrDigit(one) || OtherCharacters.Contains(one)) && name[name.Length - 1] != '.';
}
