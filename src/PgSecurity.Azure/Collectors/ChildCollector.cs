using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Collectors;

/// <summary>Children of a server that one list request brings, such as firewall rules.</summary>
internal class ChildCollector : IFacetCollector
{
    internal ChildCollector(string type)
    {
        Type = type;
        Segment = type.Substring(type.LastIndexOf('/') + 1);
        Actions = new[] { type + "/read" };
    }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; }

    /// <summary>The last segment of the type.</summary>
    protected string Segment { get; }

    /// <inheritdoc/>
    public virtual Task<Collected> CollectAsync(ServerCollection server) => server.Run.ListAsync(server.Id.Value + "/" + Segment, Type);
}
