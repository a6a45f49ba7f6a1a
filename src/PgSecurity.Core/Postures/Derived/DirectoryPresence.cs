using System;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Whether the principal that something names is still in the directory.</summary>
internal static class DirectoryPresence
{
    /// <summary>The name that the directory has for an object id; null where it has none, or is not known.</summary>
    public static string? NameOf(ResourceField objectId, Posture posture) =>
        objectId.Text is string id && posture.FacetOf(FacetTypes.DirectoryObjects).Find(id) is Resource entry
            ? ResourceField.Of(entry, "properties.userPrincipalName").Text ?? ResourceField.Of(entry, "properties.displayName").Text
            : null;

    /// <summary>
    /// Looks an object id up. Only a complete answer of the directory proves a deletion; a principal of type <c>Unknown</c>
    /// is what Azure calls one that it no longer finds.
    /// </summary>
    public static Truth Of(ResourceField objectId, ResourceField principalType, Posture posture, out string? gap)
    {
        Facet directory = posture.FacetOf(FacetTypes.DirectoryObjects);
        gap = null;
        if (objectId.Text is string id && directory.Find(id) is not null) return Truth.True;
        if (string.Equals(principalType.Text, "Unknown", StringComparison.OrdinalIgnoreCase)) return Truth.False;

        gap = objectId.UnknownReason ?? GapText.Of(posture, FacetTypes.DirectoryObjects);
        if (gap is null && objectId.Text is null) gap = "it names no object id";
        return gap is null ? Truth.False : Truth.Unknown;
    }
}
