using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Sql;

/// <summary>Puts a row's values into the places of a statement. Every place says what it takes, and takes nothing else.</summary>
internal sealed class SqlValues
{
    private static readonly Regex Place = new(@"%(?<kind>[ILNKFRD])\{(?<name>[A-Za-z_]+)\}", RegexOptions.CultureInvariant);

    private const string Signature =
        "select pg_catalog.to_regprocedure($1)::pg_catalog.oid::pg_catalog.regprocedure::pg_catalog.text";

    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN", "USAGE", "CREATE", "CONNECT", "TEMPORARY", "EXECUTE",
        "SET", "TABLES", "SEQUENCES", "FUNCTIONS", "TYPES", "SCHEMAS", "LARGE OBJECTS",
    };

    private readonly DatabaseSession _session;
    private readonly JsonElement _row;
    private readonly IReadOnlyDictionary<string, JsonElement> _parameters;

    public SqlValues(DatabaseSession session, JsonElement row, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        _session = session;
        _row = row;
        _parameters = parameters;
    }

    /// <summary>The names of the values that a statement has places for.</summary>
    public static IEnumerable<string> Names(string statement) => Place.Matches(statement).Cast<Match>().Select(match => match.Groups["name"].Value);

    /// <summary>The statement with its values.</summary>
    /// <exception cref="SqlRepairException">A value is missing or is not what its place takes.</exception>
    public async Task<string> FillAsync(string statement, CancellationToken cancellation)
    {
        Dictionary<string, string> filled = new(StringComparer.Ordinal);
        foreach (Match match in Place.Matches(statement))
        {
            if (!filled.ContainsKey(match.Value))
            {
                filled[match.Value] = await ValueAsync(match.Groups["kind"].Value, match.Groups["name"].Value, cancellation).ConfigureAwait(false);
            }
        }

        // One pass over the template: what a value holds is never looked through for places.
        return Place.Replace(statement, match => filled[match.Value]);
    }

    private async Task<string> ValueAsync(string kind, string name, CancellationToken cancellation) => kind switch
    {
        "I" => SqlName.Quote(Text(name)),
        "L" => SqlName.Literal(Text(name)),
        "R" => Find(name).ValueKind == JsonValueKind.Null ? "public" : SqlName.Quote(Text(name)),
        "N" => string.Join(", ", Texts(name).Select(part => part.Length == 0 ? "''" : SqlName.Quote(part))),
        "K" => string.Join(", ", Texts(name).Select(word => Keyword(word, name))),
        "D" => Number(name),
        _ => await SignatureAsync(name, cancellation).ConfigureAwait(false),
    };

    /// <summary>The signature as the server itself writes it: what stands in the row is only looked up.</summary>
    private async Task<string> SignatureAsync(string name, CancellationToken cancellation)
    {
        string wanted = Text(name);
        try
        {
            return await _session.ScalarAsync(Signature, new[] { wanted }, cancellation).ConfigureAwait(false)
                ?? throw new SqlRepairException($"There is no function {wanted} (any more).");
        }
        catch (DatabaseException refused) when (refused.Kind == DatabaseFailure.Statement)
        {
            throw new SqlRepairException($"'{wanted}' is not the signature of a function.");
        }
    }

    private string Keyword(string word, string name) => Keywords.Contains(word)
        ? word.ToUpperInvariant()
        : throw new SqlRepairException($"'{name}' holds a word that is no privilege or kind of object.");

    private string Number(string name)
    {
        JsonElement value = _row.TryGetProperty(name, out JsonElement own) ? own
            : _parameters.TryGetValue(name, out JsonElement chosen) ? chosen
            : throw new SqlRepairException($"There is no value '{name}'.");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new SqlRepairException($"'{name}' is not a whole number.");
    }

    private string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length > 0
        ? text.GetString()!
        : throw new SqlRepairException($"The row has no text '{name}'.");

    private IEnumerable<string> Texts(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } one => new[] { one.GetString()! },
        { ValueKind: JsonValueKind.Array } many when many.GetArrayLength() > 0 => many.EnumerateArray().Select(item => item.GetString() ?? "").ToList(),
        _ => throw new SqlRepairException($"The row has no list '{name}'."),
    };

    private JsonElement Find(string name) => _row.TryGetProperty(name, out JsonElement value)
        ? value
        : throw new SqlRepairException($"The row has no '{name}'.");
}
