using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>A static masking that is to be run.</summary>
public sealed class StaticMaskingPlan
{
    /// <summary>What an update cannot reach. Said with every change.</summary>
    internal static readonly IReadOnlyList<string> Elsewhere = new[]
    {
        "Original values remain in backups (until their retention ends), in WAL and replicas until they follow, in logs and pg_stat_statements, and in large objects; none of these is masked.",
    };

    private readonly IReadOnlyList<string> _remarks;

    internal StaticMaskingPlan(IReadOnlyList<StaticMaskingTable> tables, IReadOnlyList<string> copies, IReadOnlyList<string> remarks, StaticMaskingOptions options)
    {
        Tables = tables;
        Copies = copies;
        _remarks = remarks;
        Options = options;
    }

    /// <summary>The tables, each with the columns that lose their values.</summary>
    public IReadOnlyList<StaticMaskingTable> Tables { get; }

    /// <summary>What has to be known before, of all tables.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    internal StaticMaskingOptions Options { get; }

    /// <summary>Materialized views that copy the tables, quoted, those below first.</summary>
    internal IReadOnlyList<string> Copies { get; }

    /// <summary>One line a table, for a question before the run.</summary>
    public string Describe() => string.Join("; ", Tables.Select(table => $"{table}: {string.Join(", ", table.Columns.Select(entry => entry.Column.Name.Column))}"));

    internal IEnumerable<string> RemarksOn(StaticMaskingTable table) =>
        _remarks.Where(remark => remark.IndexOf($"{table}.", StringComparison.Ordinal) >= 0);
}
