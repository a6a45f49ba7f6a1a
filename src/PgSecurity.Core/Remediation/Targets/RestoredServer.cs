using System;
using System.Globalization;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// A server that is restored from another one's backups to see that it can be: as closed and as encrypted as its source,
/// and tagged, so that it is told from every server that somebody needs.
/// </summary>
public static class RestoredServer
{
    /// <summary>The tag by which it is known.</summary>
    public const string Tag = "pgsecurity-restore-test";

    /// <summary>The request that makes it.</summary>
    /// <param name="source">The server, as read.</param>
    /// <param name="id">The ARM id of the new server.</param>
    /// <param name="pointInTime">The time whose state it is to have.</param>
    /// <param name="mark">The tag's value: what made it.</param>
    public static ResourceCreation Of(Posture source, string id, DateTimeOffset pointInTime, string mark)
    {
        JsonObject properties = new()
        {
            ["createMode"] = "PointInTimeRestore",
            ["sourceServerResourceId"] = source.Id.Value,
            ["pointInTimeUTC"] = pointInTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["network"] = Network(source),
            ["backup"] = new JsonObject { ["geoRedundantBackup"] = "Disabled" },
        };
        JsonObject body = new()
        {
            ["location"] = ResourceField.Of(source.Server, "location").Text ?? "",
            ["tags"] = new JsonObject { [Tag] = mark },
            ["properties"] = properties,
        };
        KeyOfSource.AddTo(body, source.Server, geo: false);
        return new ResourceCreation(source.Id, ResourceCreation.RestoredServerType, id, ResourceId.NameOf(id), body);
    }

    private static JsonObject Network(Posture source)
    {
        string? subnet = ResourceField.Of(source.Server, "properties.network.delegatedSubnetResourceId").Text;
        if (subnet is null)
        {
            return new JsonObject { ["publicNetworkAccess"] = ResourceField.Of(source.Server, "properties.network.publicNetworkAccess").Text ?? "Disabled" };
        }

        return new JsonObject
        {
            ["delegatedSubnetResourceId"] = subnet,
            ["privateDnsZoneArmResourceId"] = ResourceField.Of(source.Server, "properties.network.privateDnsZoneArmResourceId").Text,
        };
    }
}
