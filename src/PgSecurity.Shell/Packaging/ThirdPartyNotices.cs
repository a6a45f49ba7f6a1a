using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PgSecurity.Shell.Packaging;

/// <summary>The list of the packages that ship, for people: a page that is made from the lock file.</summary>
internal static class ThirdPartyNotices
{
    /// <summary>The page's name, in the repository and in the package.</summary>
    public const string FileName = "THIRD-PARTY-NOTICES.md";

    /// <summary>The page's text.</summary>
    public static string Render(IEnumerable<ShippedLibrary> libraries)
    {
        StringBuilder page = new();
        page.Append("# Third-party notices\n\n")
            .Append("PgSecurity itself is under the MIT licence (`LICENSE`). Its package holds assemblies of these NuGet packages, unchanged.\n")
            .Append("Made from the lock file by `dotnet run --project src/PgSecurity.Shell -- docs`; do not edit.\n\n")
            .Append("| Package | Version | Licence |\n| --- | --- | --- |\n");
        foreach (ShippedLibrary library in libraries)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{library.Name}](https://www.nuget.org/packages/{library.Name}/{library.Version}) | {library.Version} | {Licence(library.License)} |\n");
        }

        return page.ToString();
    }

    private static string Licence(LibraryLicense license) => (license.Expression, license.Address) switch
    {
        ({ } expression, { } address) => $"[{expression}]({address})",
        ({ } expression, null) => expression,
        (null, var address) => $"<{address}>",
    };
}
