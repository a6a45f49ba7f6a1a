using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Server parameters: all in one request. A stopped server does not answer it, and is not asked.</summary>
internal sealed class ConfigurationCollector : ChildCollector
{
    internal ConfigurationCollector()
        : base(FacetTypes.Configurations)
    {
    }

    /// <inheritdoc/>
    public override Task<Collected> CollectAsync(ServerCollection server) =>
        ResourceField.Of(server.Server, "properties.state").Is("Stopped") == Core.Truth.True
            ? Task.FromResult(Collected.Unavailable("the server is stopped (400 ServerStoppedError)"))
            : server.Run.ParametersAsync(server.Id);
}
