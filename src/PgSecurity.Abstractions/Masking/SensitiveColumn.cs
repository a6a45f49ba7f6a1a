using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>
/// A column that looks sensitive, or that a plan speaks of. Told from names, types, comments, labels and keys; no value
/// was read, so what is inside free text, JSON and arrays is not known.
/// </summary>
public sealed class SensitiveColumn
{
    /// <summary>The server's host name.</summary>
    public required string Server { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The schema.</summary>
    public required string Schema { get; init; }

    /// <summary>The table, partition, foreign table or materialized view.</summary>
    public required string Table { get; init; }

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The type as PostgreSQL writes it.</summary>
    public required string Type { get; init; }

    /// <summary>What it looks like, such as <c>Email</c>; empty where nothing speaks of it.</summary>
    public string Category { get; init; } = "";

    /// <summary><c>Direct</c>: names a person by itself; <c>Indirect</c>: does so with others; empty: neither is known.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>How sure that is.</summary>
    public MatchConfidence Confidence { get; init; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// Whether a masking rule is declared on it. A rule is not yet a mask: <see cref="UnmaskedReaders"/> says who reads
    /// it all the same.
    /// </summary>
    public bool HasRule { get; init; }

    /// <summary>The rule that is declared; empty where there is none.</summary>
    public string Rule { get; init; } = "";

    /// <summary>A rule that would fit category and type; empty where none is known.</summary>
    public string SuggestedRule { get; init; } = "";

    /// <summary>What the plan says: <c>Sensitive</c>, <c>NotSensitive</c>, <c>Undecided</c>; empty where no plan was given.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Who decided it.</summary>
    public string DecidedBy { get; init; } = "";

    /// <summary>
    /// The login roles that read it unmasked, each with its way. The service's own roles are left out. A definer function
    /// is listed where its text names the table.
    /// </summary>
    public IReadOnlyList<ColumnReader> UnmaskedReaders { get; init => field = ReadableList<ColumnReader>.Of(value); } = ReadableList<ColumnReader>.Of(Array.Empty<ColumnReader>());

    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Table}.{Column}";
}
