using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>One property of a <see cref="Fact"/> with its value, kept as it came until it is written.</summary>
internal readonly struct FactProperty
{
    private readonly Kind _kind;
    private readonly object? _value;
    private readonly long _number;

    private FactProperty(string name, Kind kind, object? value, long number = 0)
    {
        Name = name;
        _kind = kind;
        _value = value;
        _number = number;
    }

    private enum Kind
    {
        Text,
        Boolean,
        Number,
        Texts,
        Unknown,
        Json,
    }

    /// <summary>The property's name.</summary>
    public string Name { get; }

    public static FactProperty Of(string name, string text) => new(name, Kind.Text, text);

    public static FactProperty Of(string name, bool value) => new(name, Kind.Boolean, null, value ? 1 : 0);

    public static FactProperty Of(string name, long number) => new(name, Kind.Number, null, number);

    public static FactProperty Of(string name, IReadOnlyList<string> texts) => new(name, Kind.Texts, texts);

    public static FactProperty Of(string name, JsonNode json) => new(name, Kind.Json, json);

    public static FactProperty Unknown(string name, string reason) => new(name, Kind.Unknown, reason);

    /// <summary>The value as a condition sees it; false where it is a list or an object, which takes its JSON.</summary>
    public bool TryGetValue(out ExpressionValue value)
    {
        value = _kind switch
        {
            Kind.Text => ExpressionValue.From((string)_value!),
            Kind.Boolean => ExpressionValue.From(_number != 0),
            Kind.Number => ExpressionValue.From(_number),
            Kind.Unknown => ExpressionValue.Unknown((string)_value!),
            _ => default,
        };
        return _kind is not (Kind.Texts or Kind.Json);
    }

    /// <summary>Writes the property, name and value.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        switch (_kind)
        {
            case Kind.Text:
                writer.WriteString(Name, (string)_value!);
                break;
            case Kind.Boolean:
                writer.WriteBoolean(Name, _number != 0);
                break;
            case Kind.Number:
                writer.WriteNumber(Name, _number);
                break;
            case Kind.Texts:
                writer.WriteStartArray(Name);
                foreach (string text in (IReadOnlyList<string>)_value!)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            case Kind.Unknown:
                writer.WriteStartObject(Name);
                writer.WriteString(UnknownValue.Key, (string)_value!);
                writer.WriteEndObject();
                break;
            default:
                writer.WritePropertyName(Name);
                ((JsonNode)_value!).WriteTo(writer);
                break;
        }
    }
}
