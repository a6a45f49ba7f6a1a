using System;
using System.IO;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>Opens a file, and says in words why it cannot be.</summary>
internal static class InputFile
{
    public static Stream? TryOpen(string path, out InputError? error)
    {
        error = SourceLanguage.Refuse(path);
        if (error is not null) return null;
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = Directory.Exists(path) ? "it is a folder" : failure.Message.TrimEnd('.');
            error = new InputError(path, 0, null, $"it cannot be opened: {reason}", "Name a file that can be read.");
            return null;
        }
    }
}
