using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>The names that an identity sees, to be offered while somebody types. What cannot be read is left out.</summary>
/// <param name="Subscriptions">The subscriptions: id and display name.</param>
/// <param name="Servers">The servers.</param>
public sealed record EstateNames(IReadOnlyList<KeyValuePair<string, string>> Subscriptions, IReadOnlyList<ServerId> Servers)
{
    private const string ServerQuery =
        "resources | where type in~ ('microsoft.dbforpostgresql/flexibleservers', 'microsoft.dbforpostgresql/servers') | project id";

    /// <summary>No names.</summary>
    public static EstateNames None { get; } = new(Array.Empty<KeyValuePair<string, string>>(), Array.Empty<ServerId>());

    /// <summary>Reads them, in two requests.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<EstateNames> ReadAsync(AzureSession session, CancellationToken stop)
    {
        Task<IReadOnlyList<KeyValuePair<string, string>>> subscriptions = SubscriptionsAsync(session.Arm, stop);
        Task<IReadOnlyList<ServerId>> servers = ServersAsync(session.Arm, stop);
        return new EstateNames(await subscriptions.ConfigureAwait(false), await servers.ConfigureAwait(false));
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> SubscriptionsAsync(ArmClient arm, CancellationToken stop)
    {
        try
        {
            ArmListing listing = await arm.ListAsync("/subscriptions", stop).ConfigureAwait(false);
            return listing.Items
                .Select(item => new KeyValuePair<string, string>(
                    ResourceField.In(item, "subscriptionId").Text ?? string.Empty, ResourceField.In(item, "displayName").Text ?? string.Empty))
                .Where(subscription => subscription.Key.Length > 0)
                .OrderBy(subscription => subscription.Value, StringComparer.OrdinalIgnoreCase)
                .ToList();
        }
        catch (ArmException)
        {
            return None.Subscriptions;
        }
    }

    private static async Task<IReadOnlyList<ServerId>> ServersAsync(ArmClient arm, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<JsonElement> rows = await ResourceGraph.QueryAsync(arm, ServerQuery, Array.Empty<string>(), stop).ConfigureAwait(false);
            return rows
                .Select(row => ServerId.TryParse(ResourceField.In(row, "id").Text, out ServerId? id) ? id : null)
                .OfType<ServerId>()
                .OrderBy(id => id.Name, StringComparer.OrdinalIgnoreCase)
                .ToList();
        }
        catch (ArmException)
        {
            return None.Servers;
        }
    }
}
