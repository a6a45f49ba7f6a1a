namespace PgSecurity.Database.Masking;

/// <summary>The kinds of tokens that a masking rule may hold. All others are refused.</summary>
internal enum SqlTokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A token of a masking rule. <c>Value</c> is the name (folded unless it was quoted), the text, the number, or the symbol.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Value, bool Quoted = false);
