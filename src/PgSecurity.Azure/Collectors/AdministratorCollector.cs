using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Entra administrators. Where Entra authentication is off there are none in force, and the list is an error.</summary>
internal sealed class AdministratorCollector : ChildCollector
{
    internal AdministratorCollector()
        : base(FacetTypes.Administrators)
    {
    }

    /// <inheritdoc/>
    public override Task<Collected> CollectAsync(ServerCollection server) =>
        ResourceField.Of(server.Server, "properties.authConfig.activeDirectoryAuth").Is("Disabled") == Core.Truth.True
            ? Task.FromResult(Collected.None)
            : base.CollectAsync(server);
}
