using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Reads postures from JSON that is not told what it is. Lines of a snapshot are given out one by one as they are read,
/// in flat memory.
/// </summary>
public static class PostureReader
{
    /// <summary>Reads a file. What cannot be read comes as an error among the results, never as an exception.</summary>
    /// <param name="path">The file: JSON, several JSON documents, or one a line; plain or gzip.</param>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public static IEnumerable<PostureReadResult> Read(string path, PostureReaderOptions? options = null)
    {
        Stream? stream = TryOpen(path, out InputError? error);
        return stream is null ? new[] { PostureReadResult.Of(error!) } : Read(stream, path, options);
    }

    /// <summary>Reads a stream, and closes it.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="name">What errors and postures call the input.</param>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public static IEnumerable<PostureReadResult> Read(Stream input, string name, PostureReaderOptions? options = null)
    {
        using JsonValues values = new(input, name, options ?? PostureReaderOptions.Default);
        while (values.TryRead(out JsonElement value, out long line, out InputError? error))
        {
            if (error is not null)
            {
                yield return PostureReadResult.Of(error);
                continue;
            }

            yield return SnapshotLine.Read(value, name, line);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What errors and postures call the input.</param>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public static IEnumerable<PostureReadResult> ReadText(string json, string name, PostureReaderOptions? options = null) =>
        Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), name, options);

    private static Stream? TryOpen(string path, out InputError? error)
    {
        error = null;
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
