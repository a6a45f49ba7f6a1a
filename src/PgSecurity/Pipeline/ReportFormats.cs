using System;

namespace PgSecurity.Pipeline;

/// <summary>The format that a file's name asks for.</summary>
internal static class ReportFormats
{
    /// <summary>The format by the end of a name; null where it tells none.</summary>
    public static ReportFormat? Of(string path) =>
        Ends(path, ".html") || Ends(path, ".htm") ? ReportFormat.Html
        : Ends(path, ".md") || Ends(path, ".markdown") ? ReportFormat.Markdown
        : Ends(path, ".csv") ? ReportFormat.Csv
        : Ends(path, ".sarif") || Ends(path, ".sarif.json") ? ReportFormat.Sarif
        : Ends(path, ".oscal.json") ? ReportFormat.Oscal
        : Ends(path, ".json") ? ReportFormat.Json
        : Ends(path, ".xml") ? ReportFormat.JUnit
        : null;

    private static bool Ends(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
