using System;
using System.Globalization;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// A value in the template language: JSON of any kind, or unknown with the reason. Text that came as JSON stays there
/// until it is asked for.
/// </summary>
public readonly struct ExpressionValue
{
    private readonly string? _text;
    private readonly long _bits;
    private readonly JsonElement _json;

    private ExpressionValue(ExpressionKind kind, string? text, long bits, JsonElement json)
    {
        Kind = kind;
        _text = text;
        _bits = bits;
        _json = json;
    }

    /// <summary>JSON null.</summary>
    public static ExpressionValue Null => default;

    /// <summary>What it is.</summary>
    public ExpressionKind Kind { get; }

    /// <summary>Whether it is a value that exists but is not known.</summary>
    public bool IsUnknown => Kind == ExpressionKind.Unknown;

    /// <summary>Whether it is null.</summary>
    public bool IsNull => Kind == ExpressionKind.Null;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => Kind is ExpressionKind.Integer or ExpressionKind.Float;

    /// <summary>Why it is not known; empty for any other kind.</summary>
    public string Reason => IsUnknown ? _text! : "";

    /// <summary>True or false.</summary>
    public bool Boolean => Kind == ExpressionKind.Boolean ? _bits != 0 : throw Wrong("a boolean");

    /// <summary>The whole number.</summary>
    public long Integer => Kind == ExpressionKind.Integer ? _bits : throw Wrong("a whole number");

    /// <summary>The number, whole or not.</summary>
    public double Number => Kind switch
    {
        ExpressionKind.Integer => _bits,
        ExpressionKind.Float => BitConverter.Int64BitsToDouble(_bits),
        _ => throw Wrong("a number"),
    };

    /// <summary>The text.</summary>
    public string Text => Kind == ExpressionKind.String ? _text ?? _json.GetString()! : throw Wrong("a string");

    /// <summary>The array or object.</summary>
    public JsonElement Json =>
        Kind is ExpressionKind.Array or ExpressionKind.Object ? _json : throw Wrong("an array or object");

    /// <summary>A text; null gives <see cref="Null"/>.</summary>
    public static ExpressionValue From(string? text) =>
        text is null ? Null : new ExpressionValue(ExpressionKind.String, text, 0, default);

    /// <summary>A whole number.</summary>
    public static ExpressionValue From(long number) => new(ExpressionKind.Integer, null, number, default);

    /// <summary>A number.</summary>
    public static ExpressionValue From(double number) =>
        new(ExpressionKind.Float, null, BitConverter.DoubleToInt64Bits(number), default);

    /// <summary>True or false.</summary>
    public static ExpressionValue From(bool value) => new(ExpressionKind.Boolean, null, value ? 1 : 0, default);

    /// <summary>JSON of any kind; the mark of an unknown value gives an unknown value, undefined gives null.</summary>
    public static ExpressionValue From(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return new ExpressionValue(ExpressionKind.String, null, 0, json);
            case JsonValueKind.Number:
                return json.TryGetInt64(out long number) ? From(number) : From(json.GetDouble());
            case JsonValueKind.True:
                return From(true);
            case JsonValueKind.False:
                return From(false);
            case JsonValueKind.Array:
                return new ExpressionValue(ExpressionKind.Array, null, 0, json);
            case JsonValueKind.Object:
                return UnknownValue.Is(json)
                    ? Unknown(UnknownValue.Reason(json))
                    : new ExpressionValue(ExpressionKind.Object, null, 0, json);
            default:
                return Null;
        }
    }

    /// <summary>A value that exists but is not known. The reason must not quote values, which may be secret.</summary>
    public static ExpressionValue Unknown(string reason) => new(ExpressionKind.Unknown, reason, 0, default);

    /// <summary>The value as JSON; an unknown one as the mark that <see cref="UnknownValue"/> describes.</summary>
    public JsonElement ToJson() =>
        Kind is ExpressionKind.Array or ExpressionKind.Object || (Kind == ExpressionKind.String && _text is null)
            ? _json
            : JsonBuilder.Build(this, static (writer, value) => value.WriteTo(writer));

    /// <summary>Writes the value as JSON.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case ExpressionKind.Null:
                writer.WriteNullValue();
                break;
            case ExpressionKind.Boolean:
                writer.WriteBooleanValue(Boolean);
                break;
            case ExpressionKind.Integer:
                writer.WriteNumberValue(Integer);
                break;
            case ExpressionKind.Float:
                if (double.IsNaN(Number) || double.IsInfinity(Number)) WriteMark(writer, "there is a number that nothing holds");
                else writer.WriteNumberValue(Number);
                break;
            case ExpressionKind.String:
                writer.WriteStringValue(Text);
                break;
            case ExpressionKind.Unknown:
                WriteMark(writer, Reason);
                break;
            default:
                _json.WriteTo(writer);
                break;
        }
    }

    private static void WriteMark(Utf8JsonWriter writer, string reason)
    {
        writer.WriteStartObject();
        writer.WriteString(UnknownValue.Key, reason);
        writer.WriteEndObject();
    }

    /// <summary>Whether the text equals another exactly, without materialising it. False for any other kind.</summary>
    internal bool TextEquals(string other) =>
        Kind == ExpressionKind.String
        && (_text is null ? _json.ValueEquals(other) : string.Equals(_text, other, StringComparison.Ordinal));

    /// <summary>The same with the other text in UTF-8 too: text that stands in JSON is then compared as bytes, length first.</summary>
    internal bool TextEquals(string other, byte[] utf8) =>
        Kind == ExpressionKind.String
        && (_text is null ? _json.ValueEquals(utf8) : string.Equals(_text, other, StringComparison.Ordinal));

    /// <summary>What it is, in a word with its article, for messages that must not show the value.</summary>
    internal string KindInWords => Kind switch
    {
        ExpressionKind.Null => "null",
        ExpressionKind.Boolean => "a boolean",
        ExpressionKind.Integer => "a whole number",
        ExpressionKind.Float => "a number",
        ExpressionKind.String => "a string",
        ExpressionKind.Array => "an array",
        ExpressionKind.Object => "an object",
        _ => "unknown",
    };

    /// <summary>The value as text, for people; an unknown one says why.</summary>
    public override string ToString() => Kind switch
    {
        ExpressionKind.Null => "null",
        ExpressionKind.Boolean => Boolean ? "true" : "false",
        ExpressionKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        ExpressionKind.Float => Number.ToString("R", CultureInfo.InvariantCulture),
        ExpressionKind.String => Text,
        ExpressionKind.Unknown => "unknown: " + Reason,
        _ => JsonSerializer.Serialize(_json),
    };

    private FunctionFailure Wrong(string expected) => new($"expected {expected}, found {KindInWords}");
}
