using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Documentation;

/// <summary>The pages of <c>docs/controls</c>: one a control and an index, made from the control files.</summary>
public static class ControlPages
{
    /// <summary>How the pages are made anew.</summary>
    public const string Command = "dotnet run --project src/PgSecurity.Shell -- docs";

    /// <summary>The content of every page, by file name.</summary>
    public static IReadOnlyDictionary<string, string> Render(ControlCatalog catalog)
    {
        SortedDictionary<string, string> pages = new(StringComparer.Ordinal) { ["README.md"] = ControlIndexPage.Render(catalog) };
        foreach (ControlDefinition control in catalog.Controls.Where(control => !control.IsPlain))
        {
            pages[control.Id + ".md"] = ControlPage.Render(control);
        }

        return pages;
    }

    /// <summary>Writes the pages, and removes those of controls that there are no longer.</summary>
    public static void Write(ControlCatalog catalog, string directory)
    {
        IReadOnlyDictionary<string, string> pages = Render(catalog);
        Directory.CreateDirectory(directory);
        foreach (string path in Strangers(pages, directory).Select(name => Path.Combine(directory, name)))
        {
            File.Delete(path);
        }

        foreach (KeyValuePair<string, string> page in pages)
        {
            File.WriteAllText(Path.Combine(directory, page.Key), page.Value);
        }
    }

    /// <summary>The names of the pages of a directory that are missing, not as they would be written, or too many.</summary>
    public static IReadOnlyList<string> Stale(ControlCatalog catalog, string directory)
    {
        IReadOnlyDictionary<string, string> pages = Render(catalog);
        return pages
            .Where(page => !File.Exists(Path.Combine(directory, page.Key))
                || WithoutReturns(File.ReadAllText(Path.Combine(directory, page.Key))) != page.Value)
            .Select(page => page.Key)
            .Concat(Strangers(pages, directory))
            .ToList();
    }

    private static IReadOnlyList<string> Strangers(IReadOnlyDictionary<string, string> pages, string directory) =>
        Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.md").Select(path => Path.GetFileName(path)!).Where(name => !pages.ContainsKey(name)).ToList()
            : new List<string>();

    private static string WithoutReturns(string text) => string.Concat(text.Split('\r'));
}
