using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Database.Sql;

/// <summary>The posture of a PostgreSQL server that is not in ARM: nothing but what its databases say.</summary>
public static class HostPosture
{
    /// <summary>Makes it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="port">The port.</param>
    /// <param name="facets">What was read.</param>
    /// <param name="collectedAt">When.</param>
    public static Posture Create(string host, int port, IEnumerable<Facet> facets, DateTimeOffset collectedAt)
    {
        ServerId id = ServerId.OfHost(host, port);
        JsonElement body = JsonSerializer.SerializeToElement(new Dictionary<string, object>
        {
            ["id"] = id.Value, ["type"] = id.ResourceType, ["name"] = id.Name, ["properties"] = new Dictionary<string, object> { ["fullyQualifiedDomainName"] = host, ["port"] = port },
        });
        return new Posture(id, new Resource(id.Value, id.ResourceType, id.Name, body), facets, $"postgresql://{id.Name}", collectedAt) { Origin = "live" };
    }
}
