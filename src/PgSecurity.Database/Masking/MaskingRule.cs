using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace PgSecurity.Database.Masking;

/// <summary>
/// A masking rule as anon 2 takes it: <c>MASKED WITH FUNCTION schema.function(…)</c> or <c>MASKED WITH VALUE literal</c>.
/// It is parsed whole and built again from its parts, so that nothing else can come into a statement with it.
/// </summary>
internal sealed class MaskingRule
{
    private readonly RuleParser _parser;

    private MaskingRule(string text, RuleParser parser)
    {
        Text = text;
        _parser = parser;
    }

    /// <summary>The rule as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether every value becomes NULL.</summary>
    public bool IsNull => _parser.IsNull;

    /// <summary>Whether it is a value, not a function.</summary>
    public bool IsValue => _parser.IsValue;

    /// <summary>The functions that it calls.</summary>
    public IReadOnlyList<MaskingFunction> Functions => _parser.Functions;

    /// <summary>The columns of the same row that it reads.</summary>
    public IReadOnlyCollection<string> Columns => _parser.Columns;

    /// <summary>Whether what it gives has another type than the column on purpose: a range for a number.</summary>
    public bool ChangesType => Functions.Any(function => function.Name.StartsWith("generalize_", StringComparison.Ordinal));

    /// <summary>What is weak about it; null for nothing that is known.</summary>
    public string? Weakness =>
        Functions.Any(function => function.Name is "noise" or "dnoise") ? "noise can be averaged away by asking again"
        : Functions.Any(function => function.Name is "hash" or "digest" or "md5" or "sha256" or "sha512") ? "a hash of few possible values is found by trying them all; it needs a salt that is kept secret"
        : Functions.Any(function => function.Name.StartsWith("pseudo_", StringComparison.Ordinal)) ? "a pseudonym can be found again by whoever knows rule and seed"
        : null;

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static MaskingRule Parse(string text)
    {
        RuleParser parser = new(SqlTokens.Of(text));
        parser.Rule();
        return new MaskingRule(text.Trim(), parser);
    }

    /// <summary>Whether a label masks: <c>NOT MASKED</c> and what is no rule do not.</summary>
    public static bool IsMask(string label) => Regex.IsMatch(label, @"^\s*MASKED\s+WITH\s+(FUNCTION|VALUE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The rule as an expression of SQL, of the column's type.</summary>
    /// <param name="type">The column's type as PostgreSQL writes it with an empty search path.</param>
    /// <param name="columnOf">A column of the row as an expression.</param>
    public string Expression(string type, Func<string, string> columnOf)
    {
        string expression = _parser.Expression(columnOf);
        return ChangesType ? expression : $"cast({expression} as {type})";
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
