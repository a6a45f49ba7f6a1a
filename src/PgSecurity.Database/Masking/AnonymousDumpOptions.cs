using System;
using System.Collections.Generic;

namespace PgSecurity.Database.Masking;

/// <summary>What is dumped, and where to.</summary>
public sealed class AnonymousDumpOptions
{
    /// <summary>The file; it must not be there.</summary>
    public required string Path { get; init; }

    /// <summary>Tables as <c>schema.table</c>; none for all.</summary>
    public IReadOnlyList<string> Tables { get; init; } = Array.Empty<string>();

    /// <summary>Tables as <c>schema.table</c> that are left out.</summary>
    public IReadOnlyList<string> ExcludedTables { get; init; } = Array.Empty<string>();

    /// <summary><c>plain</c> or <c>custom</c>.</summary>
    public string Format { get; init; } = "custom";

    /// <summary>The program <c>pg_dump</c>.</summary>
    public string Program { get; init; } = "pg_dump";
}
