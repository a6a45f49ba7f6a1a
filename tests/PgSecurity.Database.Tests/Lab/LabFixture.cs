using System.Threading.Tasks;
using Xunit;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>One lab for all tests that only read. Tests that change a server start their own.</summary>
public sealed class LabFixture : IAsyncLifetime
{
    public LabCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await LabCluster.StartAsync(PostgresInstallation.System());

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class LabCollection : ICollectionFixture<LabFixture>
{
    public const string Name = "lab";
}
