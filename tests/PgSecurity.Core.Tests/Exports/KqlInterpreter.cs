using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>Runs a query of the export on tables in memory: the operators that it uses, and no others.</summary>
internal sealed class KqlInterpreter
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> _tables;
    private readonly KqlTokens _tokens;
    private readonly KqlExpressions _expressions;

    /// <summary>The columns of the last summary, which a join has also where no row matches.</summary>
    private string[] _summarized = [];

    private KqlInterpreter(string query, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> tables)
    {
        _tables = tables;
        _tokens = new KqlTokens(query);
        _expressions = new KqlExpressions(_tokens);
    }

    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> Run(string query, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> tables)
    {
        KqlInterpreter interpreter = new(query, tables);
        List<Dictionary<string, object?>> rows = interpreter.Pipeline();
        return interpreter._tokens.IsAtEnd ? rows : throw new FormatException($"'{interpreter._tokens.Peek}' follows the query.");
    }

    private List<Dictionary<string, object?>> Pipeline()
    {
        List<Dictionary<string, object?>> rows = _tables[_tokens.Take()]
            .Select(row => row.ToDictionary(column => column.Key, column => column.Value is JsonValue value && value.TryGetValue(out string? text) ? text : KqlExpressions.Plain(column.Value)))
            .ToList();
        while (_tokens.TryTake("|"))
        {
            string operation = _tokens.Take();
            rows = operation switch
            {
                "where" => Where(rows),
                "extend" => Extend(rows),
                "project" => Project(rows),
                "summarize" => Summarize(rows),
                "join" => Join(rows),
                "mv" => Expand(rows),
                _ => throw new FormatException($"The operator '{operation}' is not one that the export may use."),
            };
        }

        return rows;
    }

    private List<Dictionary<string, object?>> Where(List<Dictionary<string, object?>> rows)
    {
        KqlExpressions.Expression condition = _expressions.Or();
        return rows.Where(row => Equals(condition(row), true)).ToList();
    }

    private List<(string Name, KqlExpressions.Expression Value)> Assignments()
    {
        List<(string, KqlExpressions.Expression)> list = [];
        do
        {
            string name = _tokens.Take();
            _tokens.Expect("=");
            list.Add((name, _expressions.Or()));
        }
        while (_tokens.TryTake(","));
        return list;
    }

    private List<Dictionary<string, object?>> Extend(List<Dictionary<string, object?>> rows)
    {
        List<(string Name, KqlExpressions.Expression Value)> columns = Assignments();
        return rows.Select(row =>
        {
            Dictionary<string, object?> wider = new(row);
            foreach ((string name, KqlExpressions.Expression value) in columns) wider[name] = value(row);
            return wider;
        }).ToList();
    }

    private List<Dictionary<string, object?>> Project(List<Dictionary<string, object?>> rows)
    {
        List<(string Name, KqlExpressions.Expression Value)> columns = Assignments();
        return rows.Select(row => columns.ToDictionary(column => column.Name, column => column.Value(row))).ToList();
    }

    private List<Dictionary<string, object?>> Summarize(List<Dictionary<string, object?>> rows)
    {
        List<(string Name, KqlExpressions.Expression Condition)> counts = [];
        do
        {
            string name = _tokens.Take();
            _tokens.Expect("=");
            _tokens.Expect("countif");
            counts.Add((name, _expressions.Arguments().Single()));
        }
        while (_tokens.TryTake(","));
        _tokens.Expect("by");
        string key = _tokens.Take();
        _summarized = counts.Select(count => count.Name).ToArray();
        return rows.GroupBy(row => row[key]).Select(group =>
        {
            Dictionary<string, object?> row = new() { [key] = group.Key };
            foreach ((string name, KqlExpressions.Expression condition) in counts) row[name] = (double)group.Count(one => Equals(condition(one), true));
            return row;
        }).ToList();
    }

    private List<Dictionary<string, object?>> Join(List<Dictionary<string, object?>> rows)
    {
        foreach (string token in new[] { "kind", "=", "leftouter", "(" }) _tokens.Expect(token);
        List<Dictionary<string, object?>> others = Pipeline();
        _tokens.Expect(")");
        _tokens.Expect("on");
        string key = _tokens.Take();
        string[] columns = _summarized.Where(name => name != key).ToArray();
        return rows.SelectMany(row =>
        {
            List<Dictionary<string, object?>> matches = others.Where(other => Equals(other[key], row[key])).ToList();
            return matches.DefaultIfEmpty(new Dictionary<string, object?>()).Select(match =>
            {
                Dictionary<string, object?> joined = new(row);
                foreach (string column in columns) joined[column] = match.GetValueOrDefault(column);
                return joined;
            });
        }).ToList();
    }

    /// <summary>A list is unfolded; what is null or empty gives no row.</summary>
    private List<Dictionary<string, object?>> Expand(List<Dictionary<string, object?>> rows)
    {
        _tokens.Expect("-");
        _tokens.Expect("expand");
        string name = _tokens.Take();
        _tokens.Expect("=");
        KqlExpressions.Expression list = _expressions.Or();
        return rows.SelectMany(row => (list(row) as JsonArray ?? []).Select(item => new Dictionary<string, object?>(row) { [name] = item })).ToList();
    }
}
