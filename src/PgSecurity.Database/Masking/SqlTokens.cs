using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PgSecurity.Database.Masking;

/// <summary>
/// The tokens of a masking rule. Knows names, texts, numbers and the few symbols that a call needs; an operator, a
/// comment, a semicolon or a backslash text is an error.
/// </summary>
internal static class SqlTokens
{
    public static IReadOnlyList<SqlToken> Of(string text)
    {
        List<SqlToken> tokens = new();
        int at = 0;
        while (at < text.Length)
        {
            char letter = text[at];
            if (letter is ' ' or '\t' or '\r' or '\n') at++;
            else if (letter == '\'') tokens.Add(new SqlToken(SqlTokenKind.Text, Delimited(text, ref at, '\'')));
            else if (letter == '"') tokens.Add(new SqlToken(SqlTokenKind.Name, Delimited(text, ref at, '"'), Quoted: true));
            else if (letter == '$') tokens.Add(new SqlToken(SqlTokenKind.Text, DollarQuoted(text, ref at)));
            else if (IsDigit(letter) || (letter == '-' && at + 1 < text.Length && IsDigit(text[at + 1]) && MayBeSign(tokens))) tokens.Add(new SqlToken(SqlTokenKind.Number, Number(text, ref at)));
            else if (char.IsLetter(letter) || letter == '_') tokens.Add(new SqlToken(SqlTokenKind.Name, Word(text, ref at)));
            else tokens.Add(new SqlToken(SqlTokenKind.Symbol, Symbol(text, ref at)));
        }

        tokens.Add(new SqlToken(SqlTokenKind.End, ""));
        return tokens;
    }

    private static bool MayBeSign(List<SqlToken> before) =>
        before.Count == 0 || before[before.Count - 1] is { Kind: SqlTokenKind.Symbol, Value: "(" or "," } or { Kind: SqlTokenKind.Name, Quoted: false, Value: "value" };

    private static string Delimited(string text, ref int at, char quote)
    {
        StringBuilder value = new();
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '\'') throw new FormatException("a text holds a backslash, whose meaning depends on the server's settings");
            if (text[i] != quote)
            {
                value.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == quote)
            {
                value.Append(quote);
                i++;
            }
            else
            {
                at = i + 1;
                return value.ToString();
            }
        }

        throw new FormatException($"a {(quote == '"' ? "name" : "text")} is not closed");
    }

    private static string DollarQuoted(string text, ref int at)
    {
        int end = text.IndexOf('$', at + 1);
        string tag = end < 0 ? "" : text.Substring(at, end - at + 1);
        int close = end < 0 ? -1 : text.IndexOf(tag, end + 1, StringComparison.Ordinal);
        if (close < 0) throw new FormatException("a text between dollars is not closed");
        for (int i = 1; i < tag.Length - 1; i++)
        {
            if (!char.IsLetter(tag[i]) && tag[i] != '_') throw new FormatException("a '$' begins no text");
        }

        string value = text.Substring(end + 1, close - end - 1);
        at = close + tag.Length;
        return value;
    }

    private static string Number(string text, ref int at)
    {
        int start = at++;
        while (at < text.Length && (IsDigit(text[at]) || text[at] == '.')) at++;
        string number = text.Substring(start, at - start);
        return decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? number
            : throw new FormatException($"'{number}' is no number");
    }

    private static string Word(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$')) at++;
        return text.Substring(start, at - start).ToLowerInvariant();
    }

    private static string Symbol(string text, ref int at)
    {
        if (text[at] == ':' && at + 1 < text.Length && text[at + 1] == ':')
        {
            at += 2;
            return "::";
        }

        if (text[at] == ':' && at + 1 < text.Length && text[at + 1] == '=')
        {
            at += 2;
            return ":=";
        }

        return text[at] is '(' or ')' or ',' or '.' or '[' or ']'
            ? text[at++].ToString()
            : throw new FormatException($"'{text[at]}' may not stand in a masking rule: anon 2 takes one call of a function, no operators");
    }

    private static bool IsDigit(char letter) => letter is >= '0' and <= '9';
}
