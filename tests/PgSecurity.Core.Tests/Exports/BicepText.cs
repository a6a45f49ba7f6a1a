using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>Reads resources of a Bicep file that has only literals and symbols: an object a resource, by its name.</summary>
internal sealed class BicepText
{
    private readonly string _text;
    private int _at;

    private BicepText(string text) => _text = text;

    public static Dictionary<string, JsonNode> Resources(string text)
    {
        BicepText reader = new(text);
        Dictionary<string, JsonNode> resources = new();
        while (reader._text.IndexOf("\nresource ", reader._at, StringComparison.Ordinal) is int start and >= 0)
        {
            reader._at = reader._text.IndexOf('=', start) + 1;
            JsonNode resource = reader.Value()!;
            resources.Add((string)resource["name"]!, resource);
        }

        return resources;
    }

    private JsonNode? Value()
    {
        Skip();
        switch (_text[_at])
        {
            case '{':
                JsonObject members = new();
                for (_at++; !Ends('}');)
                {
                    string name = _text[_at] == '\'' ? Literal() : Word();
                    Skip();
                    Expect(':');
                    members[name] = Value();
                }

                return members;
            case '[':
                JsonArray items = new();
                for (_at++; !Ends(']');) items.Add(Value());
                return items;
            case '\'':
                return Literal();
            default:
                string word = Word();
                return word switch
                {
                    "true" => true,
                    "false" => false,
                    "null" => null,
                    _ => long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)) : word,
                };
        }
    }

    private bool Ends(char end)
    {
        Skip();
        if (_text[_at] != end) return false;
        _at++;
        return true;
    }

    private void Expect(char one)
    {
        if (_text[_at++] != one) throw new FormatException($"'{one}' is missing at {_at}: {_text.Substring(Math.Max(0, _at - 60), 60)}");
    }

    private void Skip()
    {
        while (char.IsWhiteSpace(_text[_at])) _at++;
    }

    private string Word()
    {
        int start = _at;
        while (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '-') _at++;
        return _at > start ? _text[start.._at] : throw new FormatException($"A word is missing at {_at}: {_text.Substring(start, 40)}");
    }

    private string Literal()
    {
        StringBuilder text = new();
        for (_at++; _text[_at] != '\''; _at++)
        {
            if (_text[_at] == '\n') throw new FormatException($"A line feed in a text at {_at}.");
            if (_text[_at] == '$' && _text[_at + 1] == '{') throw new FormatException($"An interpolation at {_at}.");
            text.Append(_text[_at] == '\\' ? Escape() : _text[_at]);
        }

        _at++;
        return text.ToString();
    }

    private char Escape() => _text[++_at] switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => throw new FormatException("No such character is expected."),
        char other => other,
    };
}
