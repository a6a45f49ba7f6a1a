using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>A region's name: the service answers with the display name (<c>UK South</c>), others write <c>uksouth</c>.</summary>
internal static class Region
{
    /// <summary>The short name: lower-case, letters and digits only; null where there is none.</summary>
    public static string? Normalize(string? location)
    {
        string name = new((location ?? "").Where(char.IsLetterOrDigit).ToArray());
        return name.Length == 0 ? null : name.ToLowerInvariant();
    }
}
