using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// The backup instances that protect the server, by Resource Graph. Its silence proves something only where the identity
/// may read backup instances in the whole subscription.
/// </summary>
internal sealed class BackupInstanceCollector : IFacetCollector
{
    private const string Action = "Microsoft.DataProtection/backupVaults/backupInstances/read";

    /// <inheritdoc/>
    public string Type => FacetTypes.BackupInstances;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { Action };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        Collected all = await server.Run.BackupInstancesAsync().ConfigureAwait(false);
        Collected own = all.Where(instance => Protects(instance, server.Id));
        if (own.Gap is not null || own.Resources.Count > 0) return own;
        Permissions permissions = await server.Run.PermissionsAsync(server.Id.SubscriptionId).ConfigureAwait(false);
        return permissions.Allows(Action)
            ? own
            : own with { Gap = new FacetGap(FacetGapKind.Partial, "Resource Graph shows only what the identity may read; missing " + Action + " at the subscription") };
    }

    private static bool Protects(Resource instance, ServerId id) =>
        ServerId.TryParse(ResourceField.Of(instance, "properties.dataSourceInfo.resourceID").Text, out ServerId? source) && source!.Equals(id);
}
