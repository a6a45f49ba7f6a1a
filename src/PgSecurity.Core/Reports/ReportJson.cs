using System;
using System.Globalization;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace PgSecurity.Core.Reports;

/// <summary>How the reports that are JSON are written.</summary>
internal static class ReportJson
{
    private const int Buffered = 64 * 1024;

    /// <summary>
    /// Letters of every language as they are; <c>&lt; &gt; &amp; '</c> escaped, so that a report may stand inside a page.
    /// </summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static Utf8JsonWriter Open(Stream output) =>
        new(output, new JsonWriterOptions { Indented = true, Encoder = Encoder });

    /// <summary>Passes on what is buffered once it is much.</summary>
    public static void FlushIfMuch(Utf8JsonWriter json)
    {
        if (json.BytesPending > Buffered) json.Flush();
    }

    /// <summary>Writes a member unless its text is empty.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) json.WriteString(name, Sound(text!));
    }

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Text without halves of characters, which no UTF-8 can hold.</summary>
    public static string Sound(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) return Repair(text);
        }

        return text;
    }

    private static string Repair(string text)
    {
        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (char.IsHighSurrogate(characters[i]) && i + 1 < characters.Length && char.IsLowSurrogate(characters[i + 1])) i++;
            else if (char.IsSurrogate(characters[i])) characters[i] = '\uFFFD';
        }

        return new string(characters);
    }
}
