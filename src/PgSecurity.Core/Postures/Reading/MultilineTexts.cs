using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Texts over several lines, which deployment templates may hold and JSON may not. The line breaks in them become
/// blanks, so that every byte stays at its place.
/// </summary>
internal static class MultilineTexts
{
    private const int Head = 4096;

    /// <summary>Whether a value says at its beginning that it is a deployment template.</summary>
    public static bool AreAllowedIn(ReadOnlySpan<byte> value) =>
        value.Slice(0, Math.Min(Head, value.Length)).IndexOf("eploymentTemplate.json"u8) >= 0;

    /// <summary>Puts blanks in place of the line breaks in texts.</summary>
    /// <returns>Whether there were any, and what begins the input is now a whole JSON value.</returns>
    public static bool TryJoin(Span<byte> input, JsonReaderOptions options)
    {
        byte[] before = input.ToArray();
        Join(input);
        if (input.SequenceEqual(before)) return false;
        Utf8JsonReader reader = new(input, isFinalBlock: true, new JsonReaderState(options));
        try
        {
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Join(Span<byte> input)
    {
        for (int at = 0; at < input.Length; at++)
        {
            ReadOnlySpan<byte> rest = input.Slice(at);
            if (rest.StartsWith("//"u8)) at = EndOf(input, at, "\n"u8);
            else if (rest.StartsWith("/*"u8)) at = EndOf(input, at, "*/"u8);
            else if (input[at] == (byte)'"') at = JoinText(input, at + 1);
        }
    }

    private static int EndOf(ReadOnlySpan<byte> input, int from, ReadOnlySpan<byte> mark)
    {
        int length = input.Slice(from).IndexOf(mark);
        return length < 0 ? input.Length : from + length;
    }

    /// <summary>Joins one text, and gives the place of its closing quote.</summary>
    private static int JoinText(Span<byte> input, int at)
    {
        for (; at < input.Length && input[at] != (byte)'"'; at++)
        {
            if (input[at] == (byte)'\\') at++;
            else if (input[at] is (byte)'\r' or (byte)'\n' or (byte)'\t') input[at] = (byte)' ';
        }

        return at;
    }
}
