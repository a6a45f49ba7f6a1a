using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>A label of a column as it is and as it should be.</summary>
public sealed class LabelChange
{
    private readonly string _server;
    private readonly string _database;
    private readonly string? _weakness;

    internal LabelChange(MaskingDatabase database, CatalogColumn column, string? after, string? weakness)
        : this(database.Target.Host, database.Name, column, after, weakness)
    {
    }

    internal LabelChange(string server, string database, CatalogColumn column, string? after, string? weakness)
    {
        _server = server;
        _database = database;
        _weakness = weakness;
        Column = column.Name;
        Before = column.Label;
        After = after;
    }

    /// <summary>The column.</summary>
    public ColumnName Column { get; }

    /// <summary>The label that is there; null for none.</summary>
    public string? Before { get; }

    /// <summary>The label that should be; null for none.</summary>
    public string? After { get; }

    /// <summary>Whether nothing has to be done.</summary>
    public bool IsAlreadySo => Before == After;

    internal string Statement => Label(After);

    internal MaskingChange Result(string status, string? now, IEnumerable<string>? prevents = null) => new()
    {
        Server = _server,
        Database = _database,
        Kind = "MaskingRule",
        Target = Column.ToString(),
        Status = status,
        Before = Before ?? "",
        After = now ?? "",
        Remarks = (prevents ?? Enumerable.Empty<string>()).Concat(_weakness is null ? Array.Empty<string>() : new[] { _weakness }).ToList(),
        UndoSql = status == "Changed" ? new[] { Label(Before) } : Array.Empty<string>(),
    };

    private string Label(string? label) =>
        $"security label for anon on column {Column.Quoted} is {(label is null ? "null" : SqlName.Literal(label).Trim())}";
}
