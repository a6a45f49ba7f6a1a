using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The server's keys, each by its own GET: a list of keys leaves the rotation policy out.</summary>
internal sealed class KeyCollector : IFacetCollector
{
    private readonly bool _managedHsm;

    internal KeyCollector(bool managedHsm)
    {
        _managedHsm = managedHsm;
        Type = managedHsm ? FacetTypes.ManagedHsmKeys : FacetTypes.Keys;
    }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions => new[] { Type + "/read" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        List<Resource> keys = new();
        FacetGap? gap = null;
        ArmFault? fault = null;
        foreach (KeyName name in KeyName.Of(server.Server, _managedHsm))
        {
            Collected key = await server.Run.KeyAsync(name, Type).ConfigureAwait(false);
            keys.AddRange(key.Resources);
            gap ??= key.Gap;
            fault ??= key.Fault;
        }

        return new Collected(keys, gap, fault);
    }
}
