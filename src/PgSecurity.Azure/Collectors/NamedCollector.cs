using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// Resources that something else of the server names by id. Resource Graph brings them for all servers at once; one that
/// is not in its rows is asked for by its own id, since only ARM says whether it is gone or may not be read.
/// </summary>
internal abstract class NamedCollector : IFacetCollector
{
    /// <inheritdoc/>
    public abstract string Type { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> Actions => new[] { Type + "/read" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        NamedIds named = await NamesAsync(server).ConfigureAwait(false);
        List<Resource> found = new();
        FacetGap? gap = named.Gap;
        ArmFault? fault = null;
        foreach (string id in named.Ids.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Collected one = await server.Run.ResourceAsync(id, Type).ConfigureAwait(false);
            found.AddRange(one.Resources);
            gap ??= one.Gap;
            fault ??= one.Fault;
        }

        return new Collected(found, gap, fault);
    }

    /// <summary>The ids that are named, and why there may be more.</summary>
    protected abstract Task<NamedIds> NamesAsync(ServerCollection server);
}

/// <summary>Ids that a server's resources name.</summary>
/// <param name="Ids">The ids.</param>
/// <param name="Gap">Why there may be more; null where these are all.</param>
internal sealed record NamedIds(IEnumerable<string> Ids, FacetGap? Gap = null)
{
    /// <summary>What the server's own body names.</summary>
    internal static NamedIds Of(params string?[] ids) => new(ids.OfType<string>().ToArray());
}
