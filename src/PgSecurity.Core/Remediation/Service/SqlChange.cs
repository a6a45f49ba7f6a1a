using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>What repairs one row, written out: what would be sent, and what would take it back.</summary>
/// <param name="ResourceId">The id of the row's resource.</param>
/// <param name="Database">The database in which it runs.</param>
/// <param name="Forward">The statements; none where this row has no repair.</param>
/// <param name="Inverse">The statements that take it back, in the order in which they run; none where there is no way back.</param>
public sealed record SqlChange(string ResourceId, string Database, IReadOnlyList<string> Forward, IReadOnlyList<string> Inverse)
{
    /// <summary>The columns of the row that the statements were written from.</summary>
    public IReadOnlyList<string> Columns { get; init; } = Array.Empty<string>();

    /// <summary>Stands in a statement that is shown or journaled for the secret of the one that was run.</summary>
    public const string SecretCover = "'(secret, left out)'";

    /// <summary>Whether what takes it back holds a secret that is not known any more, so that it cannot be run.</summary>
    public bool IsInverseCovered => Inverse.Any(statement => statement.IndexOf(SecretCover, StringComparison.Ordinal) >= 0);

    /// <summary>Why nothing could be written for the row; empty where something was, or where no repair holds for it.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The role that would run them.</summary>
    public string Login { get; init; } = "";
}
