using System;
using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift;

/// <summary>What moves by itself and says nothing about a server's security.</summary>
internal static class DriftNoise
{
    /// <summary>Facets whose members come and go every day, or belong to the region.</summary>
    private static readonly HashSet<string> Facets = new(StringComparer.OrdinalIgnoreCase)
    {
        FacetTypes.Backups, FacetTypes.Capabilities,
    };

    /// <summary>Times of bookkeeping, and texts of the service's documentation.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "systemData", "etag", "earliestRestoreDate", "createdOn", "createdTime", "creationTime", "timeCreated", "created",
        "updatedOn", "updatedTime", "updated", "lastUpdatedTime", "lastUpdatedOn", "lastModified", "lastModifiedOn",
        "lastModifiedTime", "modifiedDateTime", "createdDateTime", "documentationLink", "freeTrialRemainingTime",
    };

    /// <summary>The same of a server parameter: what the service writes about it rather than what it is set to.</summary>
    private static readonly HashSet<string> ParameterNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "description", "allowedValues", "dataType", "defaultValue", "unit", "isDynamicConfig", "isReadOnly",
    };

    /// <summary>Whether a facet is left out of a comparison.</summary>
    public static bool IsFacet(string type) => Facets.Contains(type);

    /// <summary>Whether a property of a resource is left out.</summary>
    public static bool IsProperty(string type, string name) =>
        Names.Contains(name)
        || (string.Equals(type, FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase) && ParameterNames.Contains(name));
}
