using System;

namespace PgSecurity.Database.Masking;

/// <summary>A column by its names, exactly as the catalog has them.</summary>
public readonly record struct ColumnName(string Schema, string Table, string Column) : IComparable<ColumnName>
{
    /// <summary>The relation, quoted for a statement.</summary>
    internal string QuotedTable => Sql.SqlName.Quote(Schema, Table);

    /// <summary>The column with its relation, quoted for a statement.</summary>
    internal string Quoted => Sql.SqlName.Quote(Schema, Table, Column);

    /// <inheritdoc/>
    public int CompareTo(ColumnName other) =>
        string.CompareOrdinal(Schema, other.Schema) is var schema and not 0 ? schema
        : string.CompareOrdinal(Table, other.Table) is var table and not 0 ? table
        : string.CompareOrdinal(Column, other.Column);

    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Table}.{Column}";
}
