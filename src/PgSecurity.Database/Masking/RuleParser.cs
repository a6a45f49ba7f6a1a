using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>Descends through the tokens of a rule and builds its expression again, every name and text quoted.</summary>
internal sealed class RuleParser(IReadOnlyList<SqlToken> tokens)
{
    private static readonly HashSet<string> TypeWords = new(StringComparer.Ordinal) { "precision", "varying", "with", "without", "time", "zone" };
    private readonly List<MaskingFunction> _functions = new();
    private readonly HashSet<string> _columns = new(StringComparer.Ordinal);
    private int _at;
    private Func<Func<string, string>, string> _expression = _ => "null";

    public bool IsNull { get; private set; }

    public bool IsValue { get; private set; }

    public IReadOnlyList<MaskingFunction> Functions => _functions;

    public IReadOnlyCollection<string> Columns => _columns;

    public string Expression(Func<string, string> columnOf) => _expression(columnOf);

    public void Rule()
    {
        Word("masked");
        Word("with");
        if (TryWord("value"))
        {
            IsValue = true;
            IsNull = Next is { Kind: SqlTokenKind.Name, Quoted: false, Value: "null" };
            _expression = Literal();
        }
        else
        {
            Word("function");
            if (Next.Kind != SqlTokenKind.Name) throw Unexpected("the name of a function with its schema");
            _expression = Operand();
            if (_functions.Count == 0) throw new FormatException("after MASKED WITH FUNCTION no function is called");
        }

        if (Next.Kind != SqlTokenKind.End) throw Unexpected("the end");
    }

    private SqlToken Next => tokens[_at];

    private Func<Func<string, string>, string> Operand()
    {
        Func<Func<string, string>, string> operand =
            Next.Kind != SqlTokenKind.Name || IsKeywordLiteral(Next) ? Literal() : NameOrCall();
        return Casts(operand);
    }

    private Func<Func<string, string>, string> Literal()
    {
        SqlToken token = Next;
        if (token.Kind is not (SqlTokenKind.Text or SqlTokenKind.Number) && !IsKeywordLiteral(token)) throw Unexpected("a text, a number, true, false or null");
        _at++;
        string literal = token.Kind == SqlTokenKind.Text ? Sql.SqlName.Literal(token.Value).Trim() : token.Value;
        return Casts(_ => literal);
    }

    private Func<Func<string, string>, string> NameOrCall()
    {
        List<string> names = new() { Name() };
        while (TrySymbol(".")) names.Add(Name());
        if (!TrySymbol("(")) return Column(names);
        if (names.Count != 2) throw new FormatException($"the function '{string.Join(".", names)}' needs its schema before it, such as anon.{names[names.Count - 1]}");

        List<Func<Func<string, string>, string>> arguments = Arguments();
        _functions.Add(new MaskingFunction(names[0], names[1], arguments.Count));
        string call = Sql.SqlName.Quote(names[0], names[1]);
        return columnOf => $"{call}({string.Join(", ", arguments.Select(argument => argument(columnOf)))})";
    }

    private Func<Func<string, string>, string> Column(List<string> names)
    {
        if (names.Count > 2) throw new FormatException($"'{string.Join(".", names)}' is no column of the row");
        string column = names[names.Count - 1];
        _columns.Add(column);
        return columnOf => columnOf(column);
    }

    private List<Func<Func<string, string>, string>> Arguments()
    {
        List<Func<Func<string, string>, string>> arguments = new();
        if (TrySymbol(")")) return arguments;
        do
        {
            if (Next.Kind == SqlTokenKind.Name && tokens[_at + 1] is { Kind: SqlTokenKind.Symbol, Value: ":=" })
            {
                string name = Sql.SqlName.Quote(Name());
                Symbol(":=");
                Func<Func<string, string>, string> value = Operand();
                arguments.Add(columnOf => $"{name} := {value(columnOf)}");
            }
            else
            {
                arguments.Add(Operand());
            }
        }
        while (TrySymbol(","));
        Symbol(")");
        return arguments;
    }

    private Func<Func<string, string>, string> Casts(Func<Func<string, string>, string> operand)
    {
        while (TrySymbol("::"))
        {
            string type = Type();
            Func<Func<string, string>, string> inner = operand;
            operand = columnOf => $"cast({inner(columnOf)} as {type})";
        }

        return operand;
    }

    private string Type()
    {
        bool plain = !Next.Quoted;
        List<string> names = new() { Name() };
        while (TrySymbol(".")) names.Add(Name());
        string type = plain && names.Count == 1 ? PlainType(names[0]) : Sql.SqlName.Quote(names.ToArray());
        if (TrySymbol("("))
        {
            List<string> sizes = new();
            do sizes.Add(Size());
            while (TrySymbol(","));
            Symbol(")");
            type += $"({string.Join(", ", sizes)})";
        }

        while (TrySymbol("["))
        {
            Symbol("]");
            type += "[]";
        }

        return type;
    }

    /// <summary>A type's own spelling (<c>integer</c>, <c>double precision</c>), which quotes would turn into another name.</summary>
    private string PlainType(string name)
    {
        if (!name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')) throw new FormatException($"'{name}' is no type");
        while (Next is { Kind: SqlTokenKind.Name, Quoted: false } && TypeWords.Contains(Next.Value)) name += " " + Name();
        return name;
    }

    private string Size()
    {
        if (Next.Kind != SqlTokenKind.Number || !Next.Value.All(char.IsDigit)) throw Unexpected("a size");
        return tokens[_at++].Value;
    }

    private static bool IsKeywordLiteral(SqlToken token) =>
        token is { Kind: SqlTokenKind.Name, Quoted: false, Value: "null" or "true" or "false" };

    private string Name() => Next.Kind == SqlTokenKind.Name && Next.Value.Length > 0 ? tokens[_at++].Value : throw Unexpected("a name");

    private void Word(string word)
    {
        if (!TryWord(word)) throw Unexpected(word.ToUpperInvariant());
    }

    private bool TryWord(string word)
    {
        if (Next is not { Kind: SqlTokenKind.Name, Quoted: false } || Next.Value != word) return false;
        _at++;
        return true;
    }

    private void Symbol(string symbol)
    {
        if (!TrySymbol(symbol)) throw Unexpected($"'{symbol}'");
    }

    private bool TrySymbol(string symbol)
    {
        if (Next.Kind != SqlTokenKind.Symbol || Next.Value != symbol) return false;
        _at++;
        return true;
    }

    private FormatException Unexpected(string wanted) =>
        new(Next.Kind == SqlTokenKind.End ? $"it ends where {wanted} should come" : $"'{Next.Value}' stands where {wanted} should come");
}
