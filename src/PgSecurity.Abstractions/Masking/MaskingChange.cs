using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>What a masking cmdlet did to one thing, what was there before, and what undoes it.</summary>
public sealed record MaskingChange
{
    /// <summary>The server's host name.</summary>
    public required string Server { get; init; }

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>What was changed: <c>MaskingRule</c>, <c>MaskedRole</c>, <c>MaskingView</c>, <c>DataWrapper</c>, <c>StaticMask</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The column, role, view, server or table.</summary>
    public required string Target { get; init; }

    /// <summary><c>Changed</c>, <c>AlreadyCompliant</c> or <c>Failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What was there; empty where nothing was.</summary>
    public string Before { get; init; } = "";

    /// <summary>What is there now; empty where nothing is.</summary>
    public string After { get; init; } = "";

    /// <summary>Whether the mask was proved by reading: <c>Masked</c>, <c>Partly</c>, <c>NotMasked</c>, <c>Unknown</c>; empty where there is nothing to prove.</summary>
    public string Proof { get; init; } = "";

    /// <summary>What has to be known of it: what stays unmasked, what could not be proved, what the service prevents.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>Rows that were looked at, and how many of them still hold the original value, counted on the server. Null where none were.</summary>
    public long? RowsChecked { get; init; }

    /// <summary>Values that are the same as the original, counted on the server. Null where none were counted.</summary>
    public long? RowsEqual { get; init; }

    /// <summary>The statements that bring back what was there, in order; empty where nothing can.</summary>
    public IReadOnlyList<string> UndoSql { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>The change's id in the journal, by which <c>Undo-PgSecurityChange</c> takes it back; empty where nothing was changed.</summary>
    public string ChangeId { get; init; } = "";

    /// <summary>The journal that has it; empty where nothing was journaled.</summary>
    public string JournalPath { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {Kind} {Target}";
}
