using System;
using System.Collections.Generic;
using System.Text;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>The tokens of a query; a text literal begins with an apostrophe.</summary>
internal sealed class KqlTokens
{
    private readonly List<string> _tokens = [];
    private int _at;

    public KqlTokens(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            char one = text[i];
            if (char.IsWhiteSpace(one))
            {
                i++;
            }
            else if (one == '\'')
            {
                StringBuilder literal = new("'");
                for (i++; text[i] != '\''; i++)
                {
                    if (text[i] == '\n') throw new FormatException("A text goes over the end of its line.");
                    literal.Append(text[i] != '\\' ? text[i] : text[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', char other => other });
                }

                i++;
                _tokens.Add(literal.ToString());
            }
            else if (char.IsLetterOrDigit(one) || one == '_')
            {
                int start = i;
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_' || (text[i] == '.' && char.IsDigit(one)))) i++;
                if (i < text.Length && text[i] == '~') i++;
                _tokens.Add(text[start..i]);
            }
            else
            {
                string two = i + 1 < text.Length ? text.Substring(i, 2) : "";
                string token = two is "=~" or "!~" or "==" or ">=" or "<=" or "!=" ? two : one.ToString();
                _tokens.Add(token);
                i += token.Length;
            }
        }
    }

    public bool IsAtEnd => _at == _tokens.Count;

    public string Peek => IsAtEnd ? "" : _tokens[_at];

    public string Take() => IsAtEnd ? throw new FormatException("The query ends too early.") : _tokens[_at++];

    public bool TryTake(string token)
    {
        if (Peek != token) return false;
        _at++;
        return true;
    }

    public void Expect(string token)
    {
        if (!TryTake(token)) throw new FormatException($"'{token}' is expected, not '{Peek}'.");
    }
}
