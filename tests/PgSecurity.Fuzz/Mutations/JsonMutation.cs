using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace PgSecurity.Fuzz.Mutations;

/// <summary>Puts something else in the place of a value, a name or a member of a JSON text, be the result JSON or not.</summary>
internal static class JsonMutation
{
    /// <summary>What stands in place of a value: other types, what no number holds, what no text may hold, and what looks like the right word.</summary>
    public static IReadOnlyList<byte[]> Values { get; } = new[]
    {
        "null", "true", "false", "0", "-1", "1e999", "-1e-999", "123456789012345678901234567890", "0.1", "[]", "{}", "\"\"",
        "[null]", "[[]]", """{"":{}}""", """{"$unknown":"why"}""", """{"$unknown":7}""", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\u202eedisni\u202c\"", "\"\ufeff\"", "\"Enabled\"", "\"disabled \"", "\" Disabled\"", "\"DISABLED\"", "\"D\u0131sabled\"", "\"on\"", "\"ON,off\"", "\"[parameters('x')]\"",
        "\"[concat(\"", "\"[[escaped]\"", "\"%s%n\"", "\"'; drop table x; --\"", "\"<script>\"", "\"=cmd|' /C calc'!A0\"", "\"../../etc/passwd\"",
        "\"0.0.0.0\"", "\"255.255.255.255\"", "\"1.2.3\"", "\"999.1.1.1\"", "\"::\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01\"", "\"2026-02-30\"", "NaN", "Infinity", "//", "/*", ",", "}", "]",
    }.Select(Encoding.UTF8.GetBytes).Concat(new[]
    {
        Encoding.UTF8.GetBytes(new string('[', 300) + new string(']', 300)),
        Encoding.UTF8.GetBytes("\"" + new string('a', 20_000) + "\""),
        [(byte)'"', 0xFF, 0xFE, (byte)'"'],
        [(byte)'"', 0xC0, 0x80, (byte)'"'],
        [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'],
        [(byte)'"', 0, (byte)'"'],
    }).ToArray();

    public static byte[] Of(byte[] json, Random random)
    {
        byte[] bytes = json;
        int times = 1 + random.Next(3);
        for (int time = 0; time < times; time++)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] json, Random random)
    {
        List<(int Start, int Length, bool IsName)> tokens = Tokens(json);
        if (tokens.Count == 0) return ByteMutation.Of(json, random);
        (int start, int length, bool isName) = tokens[random.Next(tokens.Count)];
        byte[] token = json[start..(start + length)];
        byte[] other = Values[random.Next(Values.Count)];
        return random.Next(5) switch
        {
            0 when isName => Replace(json, start, 0, [.. token, (byte)':', .. other, (byte)',']),
            1 => Replace(json, start, length, Json(json, tokens[random.Next(tokens.Count)])),
            2 when isName => Replace(json, start, length, Cased(token)),
            3 when isName => Replace(json, start, length, "\"was\""u8.ToArray()),
            _ => Replace(json, start, length, other),
        };
    }

    private static byte[] Json(byte[] json, (int Start, int Length, bool IsName) token) => json[token.Start..(token.Start + token.Length)];

    private static byte[] Cased(byte[] name) => [.. name.Select(letter => letter is >= (byte)'a' and <= (byte)'z' ? (byte)(letter - 32) : letter)];

    private static byte[] Replace(byte[] json, int start, int length, byte[] by) => [.. json[..start], .. by, .. json[(start + length)..]];

    /// <summary>The names and the simple values, as far as the text is JSON.</summary>
    private static List<(int Start, int Length, bool IsName)> Tokens(byte[] json)
    {
        List<(int, int, bool)> tokens = new();
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 1000, AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray) continue;
                bool isName = reader.TokenType == JsonTokenType.PropertyName;
                bool quoted = isName || reader.TokenType == JsonTokenType.String;
                tokens.Add(((int)reader.TokenStartIndex, reader.ValueSpan.Length + (quoted ? 2 : 0), isName));
            }
        }
        catch (JsonException)
        {
            // The rest is no JSON any more: what came before it is enough.
        }

        return tokens;
    }
}
