using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>
/// A query: a table and the operators behind it. The subset: <c>where</c>, <c>project</c>, <c>project-away</c>,
/// <c>extend</c>, <c>distinct</c>, <c>summarize count() by</c>, <c>order by</c>, <c>take</c>, <c>limit</c>, <c>count</c>.
/// </summary>
internal sealed class KqlQuery
{
    private readonly List<Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>>> _steps = new();

    private KqlQuery(string table) => Table = table;

    /// <summary>The table's name in lower case.</summary>
    internal string Table { get; }

    /// <summary>Reads a query.</summary>
    /// <exception cref="QueryRefused">It is wrong, or has what this subset has not.</exception>
    internal static KqlQuery Read(string text)
    {
        KqlReader reader = new(text);
        string table = "resources";
        if (reader.Current.Kind == KqlTokenKind.Name && !reader.Is("where")) table = reader.ExpectName().ToLowerInvariant();
        KqlQuery query = new(table);
        if (!reader.IsAtEnd && !reader.Is("|")) query.Step(reader);
        while (reader.Take("|"))
        {
            query.Step(reader);
        }

        return reader.IsAtEnd ? query : throw reader.Refuse("expected '|'");
    }

    /// <summary>Runs it over rows.</summary>
    internal IReadOnlyList<JsonObject> Run(IEnumerable<JsonObject> rows) =>
        _steps.Aggregate(rows, (current, step) => step(current)).ToArray();

    private void Step(KqlReader reader)
    {
        KqlToken token = reader.Current;
        string name = reader.ExpectName().ToLowerInvariant();
        switch (name)
        {
            case "where":
                Func<JsonObject, JsonNode?> condition = KqlExpression.Read(reader);
                _steps.Add(rows => rows.Where(row => KqlValue.IsTrue(condition(row))));
                break;
            case "project":
                List<(string Name, Func<JsonObject, JsonNode?> Value)> columns = Columns(reader);
                _steps.Add(rows => rows.Select(row => Project(row, columns)));
                break;
            case "extend":
                List<(string Name, Func<JsonObject, JsonNode?> Value)> more = Columns(reader);
                _steps.Add(rows => rows.Select(row => Extend(row, more)));
                break;
            case "project-away":
                List<string> gone = Names(reader);
                _steps.Add(rows => rows.Select(row => Without(row, gone)));
                break;
            case "distinct":
                List<(string Name, Func<JsonObject, JsonNode?> Value)> keys = Columns(reader);
                _steps.Add(rows => rows.Select(row => Project(row, keys)).GroupBy(row => row.ToJsonString()).Select(group => group.First()));
                break;
            case "order" or "sort":
                Order(reader);
                break;
            case "take" or "limit":
                int count = reader.ExpectNumber();
                _steps.Add(rows => rows.Take(count));
                break;
            case "count":
                _steps.Add(rows => new[] { new JsonObject { ["Count"] = rows.Count() } });
                break;
            case "summarize":
                Summarize(reader);
                break;
            default:
                throw new QueryRefused(token.Text, token.Position, "the operator is not known here");
        }
    }

    private void Order(KqlReader reader)
    {
        reader.Expect("by");
        List<(Func<JsonObject, JsonNode?> Key, bool Ascending)> keys = new();
        do
        {
            Func<JsonObject, JsonNode?> key = KqlExpression.Read(reader);
            bool ascending = reader.Take("asc");
            if (!ascending) reader.Take("desc");
            keys.Add((key, ascending));
        }
        while (reader.Take(","));

        Comparer<JsonNode?> comparer = Comparer<JsonNode?>.Create(KqlValue.Compare);
        _steps.Add(rows => Enumerable.Reverse(keys).Aggregate(
            rows,
            (current, key) => key.Ascending ? current.OrderBy(row => key.Key(row), comparer) : current.OrderByDescending(row => key.Key(row), comparer)));
    }

    private void Summarize(KqlReader reader)
    {
        string column = "count_";
        if (reader.FollowedBy("="))
        {
            column = reader.ExpectName();
            reader.Expect("=");
        }

        reader.Expect("count");
        reader.Expect("(");
        reader.Expect(")");
        List<(string Name, Func<JsonObject, JsonNode?> Value)> keys = reader.Take("by") ? Columns(reader) : new List<(string, Func<JsonObject, JsonNode?>)>();
        _steps.Add(rows => rows.GroupBy(row => Project(row, keys).ToJsonString()).Select(group =>
        {
            JsonObject row = Project(group.First(), keys);
            row[column] = group.Count();
            return row;
        }));
    }

    private static List<(string Name, Func<JsonObject, JsonNode?> Value)> Columns(KqlReader reader)
    {
        List<(string, Func<JsonObject, JsonNode?>)> columns = new();
        do
        {
            KqlToken start = reader.Current;
            if (reader.FollowedBy("="))
            {
                string name = reader.ExpectName();
                reader.Expect("=");
                columns.Add((name, KqlExpression.Read(reader)));
            }
            else
            {
                string last = LastName(reader, out Func<JsonObject, JsonNode?> value);
                columns.Add((last.Length > 0 ? last : start.Text, value));
            }
        }
        while (reader.Take(","));
        return columns;
    }

    /// <summary>A column without a name of its own is called after its path: <c>properties.state</c> becomes <c>properties_state</c>.</summary>
    private static string LastName(KqlReader reader, out Func<JsonObject, JsonNode?> value)
    {
        string name = reader.Current.Kind == KqlTokenKind.Name ? reader.Current.Text : string.Empty;
        bool isPath = reader.FollowedBy(".");
        KqlReader.PathNote note = reader.Note();
        value = KqlExpression.Read(reader);
        return isPath ? string.Join("_", reader.NamesSince(note)) : name;
    }

    private static List<string> Names(KqlReader reader)
    {
        List<string> names = new();
        do
        {
            names.Add(reader.ExpectName());
        }
        while (reader.Take(","));
        return names;
    }

    private static JsonObject Project(JsonObject row, List<(string Name, Func<JsonObject, JsonNode?> Value)> columns)
    {
        JsonObject made = new();
        foreach ((string name, Func<JsonObject, JsonNode?> value) in columns)
        {
            made[name] = value(row)?.DeepClone();
        }

        return made;
    }

    private static JsonObject Extend(JsonObject row, List<(string Name, Func<JsonObject, JsonNode?> Value)> columns)
    {
        JsonObject made = (JsonObject)row.DeepClone();
        foreach ((string name, Func<JsonObject, JsonNode?> value) in columns)
        {
            made[name] = value(made)?.DeepClone();
        }

        return made;
    }

    private static JsonObject Without(JsonObject row, List<string> names)
    {
        JsonObject made = (JsonObject)row.DeepClone();
        foreach (string name in names)
        {
            made.Remove(name);
        }

        return made;
    }
}
