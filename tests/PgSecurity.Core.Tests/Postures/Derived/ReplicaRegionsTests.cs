using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ReplicaRegionsTests
{
    [Fact]
    public void A_region_is_the_same_however_it_is_written()
    {
        Resource replicas = Derivation.Only(ReplicaRegions.FacetType, List("""{ "name": "r1", "location": "westeurope", "properties": {} }"""));

        Assert.Equal(1, replicas.Property("working").GetInt64());
        Assert.Equal(0, replicas.Property("inOtherRegions").GetInt64());
    }

    [Fact]
    public void A_replica_elsewhere_is_seen() =>
        Assert.Equal(1, Derivation.Only(ReplicaRegions.FacetType).Property("inOtherRegions").GetInt64());

    [Fact]
    public void A_broken_replica_protects_nothing()
    {
        Resource replicas = Derivation.Only(
            ReplicaRegions.FacetType, List("""{ "name": "r1", "location": "North Europe", "properties": { "replica": { "replicationState": "Broken" } } }"""));

        Assert.Equal(0, replicas.Property("working").GetInt64());
        Assert.Equal(0, replicas.Property("inOtherRegions").GetInt64());
    }

    [Fact]
    public void A_refused_list_is_no_absence()
    {
        Resource replicas = Derivation.Only(ReplicaRegions.FacetType, $$"""{ "unavailable": { "{{FacetTypes.Replicas}}": "403" } }""");

        Assert.True(replicas.IsUnknown("working"));
        Assert.True(replicas.IsUnknown("inOtherRegions"));
    }

    [Fact]
    public void A_replica_without_a_place_is_neither_here_nor_elsewhere() =>
        Assert.True(Derivation.Only(ReplicaRegions.FacetType, List("""{ "name": "r1", "properties": {} }""")).IsUnknown("inOtherRegions"));

    private static string List(string replica) => $$"""{ "facets": { "{{FacetTypes.Replicas}}": [ {{replica}} ] } }""";
}
