namespace PgSecurity.Core.Postures.Derived;

/// <summary>Reads server parameters for derived facets.</summary>
internal static class ServerParameter
{
    /// <summary>
    /// A property of a parameter, <c>value</c> unless said otherwise. A parameter that a complete listing lacks, and one
    /// without a value, are both absent.
    /// </summary>
    public static ResourceField Read(Posture posture, string name, string property = "value")
    {
        Facet parameters = posture.FacetOf(FacetTypes.Configurations);
        Resource? parameter = parameters.Find(name);
        if (parameter is not null) return ResourceField.Of(parameter, "properties." + property);
        return parameters.Gap is { } gap ? ResourceField.Unknown(gap.Reason) : default;
    }
}
