using System;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>The files of the repository that the tests work on.</summary>
internal static class Repository
{
    private static readonly Lazy<ControlCatalog> Loaded = new(() => ControlCatalog.Load(In("module", "Controls")));

    internal static ControlCatalog Catalogue => Loaded.Value;

    internal static string SampleEstate => In("module", "Samples", "contoso.ndjson");

    internal static string Cases => In("tests", "PgSecurity.Core.Tests", "Controls", "Cases");

    internal static string In(params string[] parts) => Path.Combine(new[] { Root() }.Concat(parts).ToArray());

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PgSecurity.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The repository is not above the tests.");
    }
}
