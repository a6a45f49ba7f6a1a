using System;
using System.Collections.Generic;
using System.Text;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>What a token is.</summary>
internal enum KqlTokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A token of a query.</summary>
internal readonly record struct KqlToken(KqlTokenKind Kind, string Text, int Position);

/// <summary>Takes a query apart into tokens.</summary>
internal static class KqlTokens
{
    private static readonly string[] Symbols = { "==", "!=", "=~", "!~", "<=", ">=", "..", "(", ")", "[", "]", ",", ".", "|", "=", "<", ">", "!", "~", "-", "+" };

    internal static List<KqlToken> Of(string query)
    {
        List<KqlToken> tokens = new();
        int at = 0;
        while (at < query.Length)
        {
            char c = query[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c == '/' && at + 1 < query.Length && query[at + 1] == '/')
            {
                while (at < query.Length && query[at] != '\n') at++;
            }
            else if (c is '\'' or '"')
            {
                tokens.Add(ReadText(query, ref at, c, escapes: true));
            }
            else if (c == '@' && at + 1 < query.Length && query[at + 1] is '\'' or '"')
            {
                at++;
                tokens.Add(ReadText(query, ref at, query[at], escapes: false));
            }
            else if (char.IsLetter(c) || c is '_' or '$')
            {
                int start = at;
                while (at < query.Length && (char.IsLetterOrDigit(query[at]) || query[at] is '_' or '$' || IsHyphenInOperator(query, start, at))) at++;
                tokens.Add(new KqlToken(KqlTokenKind.Name, query.Substring(start, at - start), start));
            }
            else if (char.IsDigit(c))
            {
                int start = at;
                while (at < query.Length && (char.IsDigit(query[at]) || query[at] == '.')) at++;
                tokens.Add(new KqlToken(KqlTokenKind.Number, query.Substring(start, at - start), start));
            }
            else
            {
                tokens.Add(ReadSymbol(query, ref at));
            }
        }

        tokens.Add(new KqlToken(KqlTokenKind.End, "<EOF>", query.Length));
        return tokens;
    }

    /// <summary><c>project-away</c> and its like are one word.</summary>
    private static bool IsHyphenInOperator(string query, int start, int at) =>
        query[at] == '-' && string.Equals(query.Substring(start, at - start), "project", StringComparison.OrdinalIgnoreCase);

    private static KqlToken ReadText(string query, ref int at, char quote, bool escapes)
    {
        int start = at++;
        StringBuilder text = new();
        while (at < query.Length && query[at] != quote)
        {
            if (escapes && query[at] == '\\' && at + 1 < query.Length) at++;
            text.Append(query[at++]);
        }

        if (at >= query.Length) throw new QueryRefused("<EOF>", query.Length, "A text is not closed.");
        at++;
        return new KqlToken(KqlTokenKind.Text, text.ToString(), start);
    }

    private static KqlToken ReadSymbol(string query, ref int at)
    {
        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(query, at, symbol, 0, symbol.Length) != 0) continue;
            at += symbol.Length;
            return new KqlToken(KqlTokenKind.Symbol, symbol, at - symbol.Length);
        }

        throw new QueryRefused(query.Substring(at, 1), at, "The character is not known here.");
    }
}
