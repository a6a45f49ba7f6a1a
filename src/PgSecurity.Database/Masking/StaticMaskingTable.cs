using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>A table whose values are masked for good: one statement that masks all its columns and counts what stayed the same.</summary>
public sealed class StaticMaskingTable
{
    private readonly List<string> _equal = new();

    internal StaticMaskingTable(IReadOnlyList<(CatalogColumn Column, MaskingRule Rule)> columns) => Columns = columns;

    internal IReadOnlyList<(CatalogColumn Column, MaskingRule Rule)> Columns { get; }

    internal string Quoted => Columns[0].Column.Name.QuotedTable;

    internal IReadOnlyList<string> Equal => _equal;

    internal string Schema => Columns[0].Column.Name.Schema;

    internal string Table => Columns[0].Column.Name.Table;

    /// <summary>
    /// Old values are taken along under names of their own (<c>o0</c>, <c>o1</c>, …), joined by the row's place, which no
    /// key has to tell. NULL holds nothing, so a NULL that stays NULL is not counted.
    /// </summary>
    internal string Statement
    {
        get
        {
            string old = string.Join(", ", Columns.Select((entry, i) => $"b.{Name(entry)} as o{i}"));
            string set = string.Join(", ", Columns.Select(entry => $"{Name(entry)} = {entry.Rule.Expression(entry.Column.Type, column => "t." + SqlName.Quote(column))}"));
            string same = string.Join(", ", Columns.Select((entry, i) => $"(o.o{i} is not null and {Text($"t.{Name(entry)}")} is not distinct from {Text($"o.o{i}")}) as s{i}"));
            string count = string.Join(", ", Columns.Select((_, i) => $"count(*) filter (where s{i})"));
            return $"""
                with o as (select b.ctid as place, {old} from only {Quoted} b for update),
                done as (update only {Quoted} t set {set} from o where t.ctid = o.place returning {same})
                select count(*), {count} from done
                """;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Table}";

    internal void Counted(long[] counts)
    {
        _equal.Clear();
        for (int i = 0; i < Columns.Count; i++)
        {
            if (counts[i + 1] > 0) _equal.Add($"{Columns[i].Column.Name} in {counts[i + 1]} of {counts[0]} rows");
        }
    }

    private static string Name((CatalogColumn Column, MaskingRule Rule) entry) => SqlName.Quote(entry.Column.Name.Column);

    /// <summary>Compared as text, which every type has; json has no equality.</summary>
    private static string Text(string expression) => $"({expression})::text";
}
