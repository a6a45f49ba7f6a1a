using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>One change of a run: what was wanted, what became of it, and what it replaced.</summary>
public sealed class Change
{
    /// <summary>The change's id, unique; empty where nothing was journaled because nothing was sent.</summary>
    public string ChangeId { get; init; } = "";

    /// <summary>The id of the run that it belongs to.</summary>
    public string RunId { get; init; } = "";

    /// <summary>The ARM id of the server.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The server's name.</summary>
    public required string ServerName { get; init; }

    /// <summary>The controls that it was for; empty where it was asked for as such.</summary>
    public IReadOnlyList<string> ControlId { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>What was changed: a server parameter, a property of the server, a related resource.</summary>
    public required string Step { get; init; }

    /// <summary>The id of the resource that was written.</summary>
    public string TargetId { get; init; } = "";

    /// <summary>What became of it.</summary>
    public required ChangeStatus Status { get; init; }

    /// <summary>Why it was skipped or failed, or what remains to be done.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The value before, as it was read right before the request.</summary>
    public string Before { get; init; } = "";

    /// <summary>The value read back afterwards.</summary>
    public string After { get; init; } = "";

    /// <summary>How far it can be taken back.</summary>
    public ChangeClass Class { get; init; }

    /// <summary>What the controls came to when the server was evaluated again, as <c>NET-001: Pass</c>; empty where it was not.</summary>
    public IReadOnlyList<string> Verdict { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>When the request left, UTC; null where none did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long it took, from the first request to the value read back.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How often the request was sent; more than once where the server was busy.</summary>
    public int Attempts { get; init; }

    /// <summary>The service's id of the last request, for Azure's support.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The change that it takes back; empty where it takes back none.</summary>
    public string Undoes { get; init; } = "";

    /// <summary>The journal that has it; empty where nothing was journaled.</summary>
    public string JournalPath { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {ServerName} {Step}{(Before.Length + After.Length == 0 ? "" : $": {Before} → {After}")}";
}
