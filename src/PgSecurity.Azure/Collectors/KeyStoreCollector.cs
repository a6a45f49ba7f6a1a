using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The vaults, or managed HSMs, of the server's keys: found by their host name, read by their own GET.</summary>
internal sealed class KeyStoreCollector : IFacetCollector
{
    private readonly bool _managedHsm;

    internal KeyStoreCollector(bool managedHsm)
    {
        _managedHsm = managedHsm;
        Type = managedHsm ? FacetTypes.ManagedHsms : FacetTypes.Vaults;
    }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions => new[] { Type + "/read" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        List<Resource> stores = new();
        FacetGap? gap = null;
        ArmFault? fault = null;
        foreach (KeyName key in KeyName.Of(server.Server, _managedHsm))
        {
            Collected store = await server.Run.KeyStoreAsync(key).ConfigureAwait(false);
            stores.AddRange(store.Resources);
            gap ??= store.Gap;
            fault ??= store.Fault;
        }

        return new Collected(stores, gap, fault);
    }
}
