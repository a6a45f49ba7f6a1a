using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Journal;

/// <summary>A change as a journal has it: the intent, written before the request left, and the result where one is known.</summary>
public sealed class JournalEntry
{
    /// <summary>The change's id.</summary>
    public required string ChangeId { get; init; }

    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>When the intent was written, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The server.</summary>
    public required ServerId Server { get; init; }

    /// <summary>The controls that it was for.</summary>
    public IReadOnlyList<string> ControlIds { get; init; } = Array.Empty<string>();

    /// <summary>What was changed, in words.</summary>
    public required string Step { get; init; }

    /// <summary>The type of the resource.</summary>
    public required string TargetType { get; init; }

    /// <summary>The ARM id of the resource.</summary>
    public required string TargetId { get; init; }

    /// <summary>The resource's name.</summary>
    public required string TargetName { get; init; }

    /// <summary>The kind of request.</summary>
    public required WriteMethod Method { get; init; }

    /// <summary>What was sent, without secrets.</summary>
    public JsonObject Body { get; init; } = new();

    /// <summary>The resource before: the members that the request speaks of, or all of it where it was replaced or deleted; null where there was none.</summary>
    public JsonNode? Before { get; init; }

    /// <summary>What the columns of a row in a database were afterwards; null where there was no such row any more.</summary>
    public JsonObject? RowAfter { get; internal set; }

    /// <summary>Whether it is written what a row was afterwards.</summary>
    public bool HasRowAfter { get; internal set; }

    /// <summary>The value before, as text.</summary>
    public string From { get; init; } = "";

    /// <summary>The value wanted, as text.</summary>
    public string To { get; init; } = "";

    /// <summary>How far it can be taken back.</summary>
    public ChangeClass Class { get; init; }

    /// <summary>The login that passwords were for; the service hides it while passwords are off. Empty where it is no matter.</summary>
    public string Login { get; init; } = "";

    /// <summary>The change that it takes back; empty where it takes back none.</summary>
    public string Undoes { get; init; } = "";

    /// <summary>How often the request was sent, as far as is written.</summary>
    public int Attempts { get; internal set; }

    /// <summary>Whether the service took the request and nobody waited for its end.</summary>
    public bool IsAccepted { get; internal set; }

    /// <summary>What became of it; <see cref="ChangeStatus.InDoubt"/> where no result is written.</summary>
    public ChangeStatus Status { get; internal set; } = ChangeStatus.InDoubt;

    /// <summary>The reason that is written with the result.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>The value read back, as text.</summary>
    public string After { get; internal set; } = "";

    /// <summary>The service's id of the request.</summary>
    public string RequestId { get; internal set; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>The journal's file.</summary>
    public string Path { get; internal set; } = "";

    private string Doubt => IsAccepted
        ? "Azure took the request, and nobody waited. Get-PgSecurityChange -InDoubt says what became of it."
        : "The run ended before its result was written. Get-PgSecurityChange -InDoubt settles it.";

    /// <summary>The change as a user sees it.</summary>
    public Change Show() => new()
    {
        ChangeId = ChangeId,
        RunId = RunId,
        ResourceId = Server.Value,
        ServerName = Server.Name,
        ControlId = ControlIds,
        Step = Step,
        TargetId = TargetId,
        Status = Status,
        Reason = Status == ChangeStatus.InDoubt && Reason.Length == 0 ? Doubt : Reason,
        Before = From,
        After = Status == ChangeStatus.InDoubt ? "" : After,
        Class = Class,
        StartedAt = Time,
        Duration = Duration,
        Attempts = Attempts,
        RequestId = RequestId,
        Undoes = Undoes,
        JournalPath = Path,
    };
}
