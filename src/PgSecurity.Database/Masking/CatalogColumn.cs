using System.Collections.Generic;

namespace PgSecurity.Database.Masking;

/// <summary>A column and all that catalogs say of it.</summary>
internal sealed class CatalogColumn
{
    public required long Relation { get; init; }

    public required int Number { get; init; }

    public required ColumnName Name { get; init; }

    /// <summary>The kind of relation: <c>r</c> table, <c>p</c> partitioned, <c>f</c> foreign, <c>m</c> materialized view.</summary>
    public required char Kind { get; init; }

    /// <summary>The type as PostgreSQL writes it.</summary>
    public required string Type { get; init; }

    /// <summary>The name of the type below all domains.</summary>
    public required string BaseType { get; init; }

    public required TypeKind TypeKind { get; init; }

    /// <summary>The domain's name; null where the type is none.</summary>
    public string? Domain { get; init; }

    public bool NotNull { get; init; }

    public bool Generated { get; init; }

    public bool Identity { get; init; }

    public bool Unique { get; init; }

    public string? Comment { get; init; }

    /// <summary>The anon label; null where there is none.</summary>
    public string? Label { get; init; }

    public IReadOnlyList<string> EnumLabels { get; init; } = System.Array.Empty<string>();

    /// <summary>The column that a foreign key of this one alone points to; null where there is none.</summary>
    public ColumnName? References { get; init; }

    /// <summary>The same column of the table that this one is a partition or child of; null where there is none.</summary>
    public ColumnName? Parent { get; init; }

    public bool HasRule => Label is not null && MaskingRule.IsMask(Label);
}
