using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PgSecurity.Database.Sql;

/// <summary>
/// The one place where text becomes part of a statement. Identifiers and literals are quoted here and nowhere else, by
/// the rules of PostgreSQL's <c>quote_ident</c> and <c>quote_literal</c>, always with quotes.
/// </summary>
public static class SqlName
{
    /// <summary>An identifier in double quotes: <c>%I</c> of a template.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds a zero character, which no name of PostgreSQL can.</exception>
    public static string Quote(string identifier)
    {
        if (string.IsNullOrEmpty(identifier)) throw new ArgumentException("An identifier is empty.", nameof(identifier));
        return Doubled(identifier, new StringBuilder("\""), "\"").Append('"').ToString();
    }

    /// <summary>Several identifiers, each quoted, joined by points: schema and table, say.</summary>
    /// <exception cref="ArgumentException">A name is empty or holds a zero character.</exception>
    public static string Quote(params string[] identifiers) => string.Join(".", identifiers.Select(identifier => Quote(identifier)));

    /// <summary>
    /// A text in single quotes: <c>%L</c> of a template. With a backslash in it, the form whose meaning does not depend on
    /// <c>standard_conforming_strings</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The text holds a zero character, which no text of PostgreSQL can.</exception>
    public static string Literal(string text) => Has(text, '\\')
        ? Doubled(text, new StringBuilder(" E'"), "'\\").Append('\'').ToString()
        : Doubled(text, new StringBuilder("'"), "'").Append('\'').ToString();

    private static bool Has(string text, char letter) => text.Any(other => other == letter);

    private static StringBuilder Doubled(IEnumerable<char> text, StringBuilder into, string special)
    {
        foreach (char letter in text)
        {
            if (letter == '\0') throw new ArgumentException("A name or text holds a zero character, which PostgreSQL has in none.", nameof(text));
            if (Has(special, letter)) into.Append(letter);
            into.Append(letter);
        }

        return into;
    }
}
