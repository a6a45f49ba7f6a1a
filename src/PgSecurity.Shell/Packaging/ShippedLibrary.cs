using System.Collections.Generic;

namespace PgSecurity.Shell.Packaging;

/// <summary>A NuGet package whose assemblies are in the module's package.</summary>
/// <param name="Name">The package's id.</param>
/// <param name="Version">The version that the lock file holds.</param>
/// <param name="License">What the package's own manifest names.</param>
/// <param name="ContentHash">The SHA-512 in Base64 that the lock file holds: of the package without its signature.</param>
/// <param name="Files">Its files in the module, below <c>bin</c>, with forward slashes.</param>
/// <param name="Dependencies">The ids of the packages that it names, of those that ship.</param>
internal sealed record ShippedLibrary(
    string Name,
    string Version,
    LibraryLicense License,
    string ContentHash,
    IReadOnlyList<string> Files,
    IReadOnlyList<string> Dependencies)
{
    /// <summary>Its package URL (purl).</summary>
    public string Url => $"pkg:nuget/{Name}@{Version}";
}
