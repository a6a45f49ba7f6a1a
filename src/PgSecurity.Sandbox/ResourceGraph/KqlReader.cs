using System;
using System.Collections.Generic;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>Walks over the tokens of a query.</summary>
internal sealed class KqlReader
{
    private readonly List<KqlToken> _tokens;
    private int _at;

    internal KqlReader(string query) => _tokens = KqlTokens.Of(query);

    internal KqlToken Current => _tokens[_at];

    internal bool IsAtEnd => Current.Kind == KqlTokenKind.End;

    internal KqlToken Next() => _tokens[_at++];

    internal bool Is(string text) =>
        Current.Kind is KqlTokenKind.Name or KqlTokenKind.Symbol && string.Equals(Current.Text, text, StringComparison.OrdinalIgnoreCase);

    internal bool Take(string text)
    {
        if (!Is(text)) return false;
        _at++;
        return true;
    }

    internal void Expect(string text)
    {
        if (!Take(text)) throw Refuse($"expected '{text}'");
    }

    internal string ExpectName()
    {
        if (Current.Kind != KqlTokenKind.Name) throw Refuse("expected a name");
        return Next().Text;
    }

    internal int ExpectNumber()
    {
        if (Current.Kind != KqlTokenKind.Number || !int.TryParse(Current.Text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out int number))
        {
            throw Refuse("expected a whole number");
        }

        Next();
        return number;
    }

    /// <summary>Whether the next token but one is a symbol, as in <c>name = expression</c>.</summary>
    internal bool FollowedBy(string symbol) =>
        _at + 1 < _tokens.Count && _tokens[_at + 1].Kind == KqlTokenKind.Symbol && _tokens[_at + 1].Text == symbol;

    /// <summary>Remembers a place.</summary>
    internal PathNote Note() => new(_at);

    /// <summary>The names that were read since a place.</summary>
    internal IEnumerable<string> NamesSince(PathNote note)
    {
        for (int at = note.At; at < _at; at++)
        {
            if (_tokens[at].Kind == KqlTokenKind.Name) yield return _tokens[at].Text;
        }
    }

    internal QueryRefused Refuse(string message) => new(Current.Text, Current.Position, message);

    /// <summary>A place among the tokens.</summary>
    internal readonly record struct PathNote(int At);
}
