using System;
using System.Collections.Generic;

namespace PgSecurity.Database.Masking;

/// <summary>Where a masking view is made and who reads it.</summary>
public sealed class MaskingViewOptions
{
    /// <summary>The schema of the views; made where it is missing, without rights for PUBLIC.</summary>
    public string Schema { get; init; } = "mask";

    /// <summary>The name of the view; null for the table's own, with its schema before it where that is not <c>public</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Roles that may read the view.</summary>
    public IReadOnlyList<string> Readers { get; init; } = Array.Empty<string>();

    /// <summary>Whether the right to read the table is taken from these roles and from PUBLIC, so that only the view is left.</summary>
    public bool RevokeTable { get; init; }

    internal string NameFor(string schema, string table) => Name ?? (schema == "public" ? table : $"{schema}_{table}");
}
