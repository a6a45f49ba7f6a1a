namespace PgSecurity.Core.Policy;

/// <summary>Where in a resource a path begins.</summary>
internal enum PathOrigin
{
    /// <summary>At the resource itself.</summary>
    Root,

    /// <summary>Under <c>properties</c>.</summary>
    Properties,

    /// <summary>At the resource itself, and where it is not there, under <c>properties</c> (a vault's <c>sku</c>).</summary>
    RootThenProperties,

    /// <summary>Under <c>properties</c>, and where it is not there, at the resource itself (a role definition's <c>type</c>).</summary>
    PropertiesThenRoot,
}
