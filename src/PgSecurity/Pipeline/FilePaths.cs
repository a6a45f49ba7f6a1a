using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Errors;

namespace PgSecurity.Pipeline;

/// <summary>Paths as a user writes them, as paths of files. One that names nothing is an error; the others stand.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that paths with wildcards name, each once a path, in order.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths) =>
        paths.SelectMany(path => Resolve(cmdlet, path));

    /// <summary>The files that a path with wildcards names.</summary>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, string path)
    {
        try
        {
            List<string> files = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider)
                .OrderBy(file => file, StringComparer.Ordinal).ToList();
            if (files.Count > 0 && IsFileSystem(cmdlet, provider, path)) return files;
            if (files.Count == 0) cmdlet.WriteError(ErrorRecords.PathNotFound(path));
        }
        catch (Exception cause) when (cause is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException or NotSupportedException or ArgumentException)
        {
            cmdlet.WriteError(ErrorRecords.PathNotFound(path, cause));
        }

        return Array.Empty<string>();
    }

    /// <summary>The file of a path that is taken as it is.</summary>
    public static IReadOnlyList<string> ResolveLiteral(PSCmdlet cmdlet, string path)
    {
        try
        {
            string file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (IsFileSystem(cmdlet, provider, path)) return new[] { file };
        }
        catch (Exception cause) when (cause is DriveNotFoundException or ProviderNotFoundException or NotSupportedException or ArgumentException)
        {
            cmdlet.WriteError(ErrorRecords.PathNotFound(path, cause));
        }

        return Array.Empty<string>();
    }

    private static bool IsFileSystem(PSCmdlet cmdlet, ProviderInfo provider, string path)
    {
        if (provider.Name == FileSystem) return true;
        cmdlet.WriteError(ErrorRecords.PathNotInFileSystem(path));
        return false;
    }
}
