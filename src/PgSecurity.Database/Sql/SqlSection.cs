using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Database.Sql;

/// <summary>One section of a repair: a statement, and for which rows it holds.</summary>
/// <param name="IsForward">Whether it repairs; else it is the inverse.</param>
/// <param name="Conditions">Columns that must be there and not false; with <c>not </c> before it, that must not.</param>
/// <param name="Statement">The statement, with places for values.</param>
internal sealed record SqlSection(bool IsForward, IReadOnlyList<string> Conditions, string Statement)
{
    private const string Not = "not ";

    /// <summary>Whether it holds for a row.</summary>
    public bool HoldsFor(JsonElement row) => Conditions.All(condition =>
        condition.StartsWith(Not, StringComparison.Ordinal) ? !IsSet(row, condition.Substring(Not.Length)) : IsSet(row, condition));

    /// <summary>The columns that the conditions look at.</summary>
    public IEnumerable<string> Columns => Conditions.Select(condition =>
        condition.StartsWith(Not, StringComparison.Ordinal) ? condition.Substring(Not.Length) : condition);

    private static bool IsSet(JsonElement row, string column) =>
        row.TryGetProperty(column, out JsonElement value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined);
}
