using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace PgSecurity.Shell.Packaging;

/// <summary>What a NuGet package says of its licence.</summary>
/// <param name="Expression">An SPDX expression; null where the manifest names none.</param>
/// <param name="Address">Where the licence can be read; null where the manifest does not say.</param>
internal sealed record LibraryLicense(string? Expression, string? Address)
{
    /// <summary>What older packages of the .NET libraries point to: the text there is the MIT licence.</summary>
    private const string CoreLibraries = "https://github.com/dotnet/corefx/blob/master/LICENSE.TXT";

    /// <summary>The licence in the manifest of an unpacked package.</summary>
    /// <exception cref="InvalidDataException">There is no manifest, or it names no licence.</exception>
    public static LibraryLicense In(string packageFolder)
    {
        string manifest = Directory.EnumerateFiles(packageFolder, "*.nuspec").FirstOrDefault()
            ?? throw new InvalidDataException($"'{packageFolder}' has no .nuspec. Run 'dotnet restore' and try again.");
        XElement[] elements = XDocument.Load(manifest).Descendants().ToArray();
        string? expression = elements
            .FirstOrDefault(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value;
        string? address = elements.FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value;
        if (expression is null && string.Equals(address, CoreLibraries, StringComparison.OrdinalIgnoreCase)) expression = "MIT";
        return expression is null && address is null
            ? throw new InvalidDataException($"'{manifest}' names no licence that can be listed. What ships must have one: replace the package.")
            : new LibraryLicense(expression, address);
    }
}
