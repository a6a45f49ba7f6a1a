namespace PgSecurity.Core.Exports;

/// <summary>A file of an export, before it is written.</summary>
/// <param name="Path">Where it goes, relative to the folder of the export, with <c>/</c> between names.</param>
/// <param name="Content">Its text, with a line feed at its end.</param>
public sealed record ExportFile(string Path, string Content);
