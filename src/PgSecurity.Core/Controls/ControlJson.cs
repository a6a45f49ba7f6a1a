using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Controls;

/// <summary>Reads the JSON of files that people write: controls, definitions, profiles, parameters, exemptions.</summary>
internal static class ControlJson
{
    /// <summary>A file larger than this is no file that a person wrote, in bytes.</summary>
    private const long LargestFile = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256,
    };

    /// <summary>The root of a file; undefined, with an error noted, where it cannot be read.</summary>
    public static JsonElement ReadFile(string path, List<ControlError> errors)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                errors.Add(new ControlError(path, "", "The file is larger than 16 MB.", "Check that it is the right file."));
                return default;
            }

            return Parse(File.ReadAllText(path), path, errors);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add(new ControlError(path, "", $"The file cannot be read: {exception.Message}", "Check the path and your right to read it."));
            return default;
        }
    }

    /// <summary>The root of a text; undefined, with an error noted, where it is not JSON.</summary>
    public static JsonElement Parse(string text, string source, List<ControlError> errors)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            JsonSurrogates.Check(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            errors.Add(new ControlError(
                source, "", $"This is not JSON: {exception.Message}", $"Correct line {(exception.LineNumber ?? 0) + 1}."));
            return default;
        }
    }

    /// <summary>What a definition that does not load says, as an error of its file.</summary>
    public static ControlError ErrorOf(PolicyLoadException exception, string path) =>
        new(path, exception.Pointer, exception.Problem.TrimEnd('.') + ".", exception.Advice);
}
