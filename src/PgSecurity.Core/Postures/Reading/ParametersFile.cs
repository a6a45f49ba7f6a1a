using System;
using System.IO;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>The parameters file that stands beside a template: <c>main.parameters.json</c> for <c>main.json</c>.</summary>
internal static class ParametersFile
{
    /// <summary>The file's content; null where there is none that can be read, so that the parameters have no value.</summary>
    public static JsonElement? Beside(string template, PostureReaderOptions options)
    {
        string path = Path.Combine(
            Path.GetDirectoryName(template) ?? "", Path.GetFileNameWithoutExtension(template) + ".parameters.json");
        if (!File.Exists(path)) return null;
        Stream? stream = InputFile.TryOpen(path, out _);
        if (stream is null) return null;
        using JsonValues values = new(stream, path, options);
        return values.TryRead(out JsonText value, out _, out InputError? error) && error is null ? value.Parse() : null;
    }
}
