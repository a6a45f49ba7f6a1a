using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Core.Exports;
using PgSecurity.Errors;

namespace PgSecurity.Pipeline;

/// <summary>The folder that an export is written to.</summary>
internal static class ExportFolder
{
    /// <summary>
    /// Writes the files of an export, each whole, and gives what was written. A folder with content is left alone unless
    /// that is allowed: files of an earlier export would be taken for parts of this one.
    /// </summary>
    /// <param name="cmdlet">The cmdlet that asks, by its <c>ShouldProcess</c>, before anything is written.</param>
    /// <param name="path">The folder as the user writes it; made where it is missing.</param>
    /// <param name="files">The files.</param>
    /// <param name="mayOverwrite">Whether the folder may have content.</param>
    public static IReadOnlyList<FileInfo> Write(PSCmdlet cmdlet, string path, IReadOnlyList<ExportFile> files, bool mayOverwrite)
    {
        if (FilePaths.ResolveLiteral(cmdlet, path).FirstOrDefault() is not { } folder) return Array.Empty<FileInfo>();
        try
        {
            if (File.Exists(folder)) cmdlet.ThrowTerminatingError(ErrorRecords.OutputIsFile(folder));
            if (!mayOverwrite && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.OutputNotEmpty(folder));
            }

            if (!cmdlet.ShouldProcess(folder, $"Write {files.Count} files")) return Array.Empty<FileInfo>();
            return files.Select(file => Write(folder, file)).ToList();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.OutputNotWritable(folder, cause));
            throw;
        }
    }

    private static FileInfo Write(string folder, ExportFile file)
    {
        string path = Path.Combine(folder, Path.Combine(file.Path.Split('/')));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteAllText(path, file.Content);
        return new FileInfo(path);
    }
}
