using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>The bounds of a reader, and what a template needs beside itself.</summary>
public sealed class PostureReaderOptions
{
    /// <summary>What is used where nothing else is said.</summary>
    public static PostureReaderOptions Default { get; } = new();

    /// <summary>
    /// The longest JSON value, in bytes after decompression: one line of a snapshot, or one document. It bounds the
    /// memory that a hostile file can take; a longer value is one error. 1 KB to 1 GB; 128 MB unless set.
    /// </summary>
    public int MaximumDocumentBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>The deepest nesting of JSON, from 1; 128 unless set.</summary>
    public int MaximumDepth { get; set; } = 128;

    /// <summary>How many threads read the lines of a snapshot, from 1; one a core unless set. The order is the input's in any case.</summary>
    public int MaximumThreads { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Values for a template's parameters: an object in the format of a parameters file, or of plain values by name.
    /// They come before those of a <c>*.parameters.json</c> beside the template.
    /// </summary>
    public JsonElement? TemplateParameters { get; set; }
}
