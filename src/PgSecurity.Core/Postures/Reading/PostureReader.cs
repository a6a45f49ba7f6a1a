using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Reads postures from JSON that is not told what it is: a snapshot; resources as ARM, <c>az</c>, Az PowerShell or
/// Resource Graph give them; a deployment template; several documents in one file, or one a line. Lines of a snapshot
/// are given out one by one as they are read, in flat memory; everything else when the input ends, since a child may
/// stand before its server. What cannot be read comes as an error among the results, never as an exception.
/// </summary>
public static class PostureReader
{
    /// <summary>Reads a file, plain or gzip.</summary>
    public static IEnumerable<PostureReadResult> Read(string path, PostureReaderOptions? options = null) =>
        ReadAll(options, reading => reading.AddFile(path));

    /// <summary>Reads several files as one input, so that a server in one finds its children in another.</summary>
    public static IEnumerable<PostureReadResult> Read(IEnumerable<string> paths, PostureReaderOptions? options = null) =>
        ReadAll(options, reading => paths.SelectMany(reading.AddFile));

    /// <summary>Reads a stream, and closes it.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="name">What errors and postures call the input.</param>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public static IEnumerable<PostureReadResult> Read(Stream input, string name, PostureReaderOptions? options = null) =>
        ReadAll(options, reading => reading.AddStream(input, name));

    /// <summary>Reads one document that is parsed already, such as an object from a pipeline.</summary>
    /// <param name="document">The document; it is copied.</param>
    /// <param name="name">What errors and postures call the input.</param>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public static IEnumerable<PostureReadResult> Read(JsonElement document, string name, PostureReaderOptions? options = null) =>
        ReadAll(options, reading => reading.AddElement(document, name));

    /// <summary>Reads text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What errors and postures call the input.</param>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public static IEnumerable<PostureReadResult> ReadText(string json, string name, PostureReaderOptions? options = null) =>
        ReadAll(options, reading => reading.AddText(json, name));

    private static IEnumerable<PostureReadResult> ReadAll(
        PostureReaderOptions? options, Func<PostureReading, IEnumerable<PostureReadResult>> add)
    {
        PostureReading reading = new(options);
        foreach (PostureReadResult result in add(reading))
        {
            yield return result;
        }

        foreach (PostureReadResult result in reading.Finish())
        {
            yield return result;
        }
    }
}
