using System.Collections.Generic;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Collectors;

/// <summary>Brings one kind of resource of a server. One file each.</summary>
internal interface IFacetCollector
{
    /// <summary>The type of the resources.</summary>
    string Type { get; }

    /// <summary>The actions that an identity needs for it, as role definitions name them.</summary>
    IReadOnlyList<string> Actions { get; }

    /// <summary>Collects it. What goes wrong is told in the result.</summary>
    Task<Collected> CollectAsync(ServerCollection server);
}
