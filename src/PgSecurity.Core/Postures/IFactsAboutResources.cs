namespace PgSecurity.Core.Postures;

/// <summary>A derived facet with one fact for each resource of a source, under that resource's own id.</summary>
public interface IFactsAboutResources : IDerivedFacet
{
    /// <summary>The type of the resources that the facts are about, one of <see cref="IDerivedFacet.Sources"/>.</summary>
    string AboutType { get; }
}
