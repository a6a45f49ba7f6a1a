using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>One change that would be made, as <c>Repair-PgSecurityFinding -PlanOnly</c> shows it.</summary>
public sealed class PlannedChange
{
    /// <summary>The ARM id of the server.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The server's name.</summary>
    public required string ServerName { get; init; }

    /// <summary>Its place among the changes of the server, from 1; 0 where no step could be made.</summary>
    public int Order { get; init; }

    /// <summary>The controls that it is for; empty where it was asked for as such.</summary>
    public IReadOnlyList<string> ControlId { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>What is changed: a server parameter, a property of the server, a related resource.</summary>
    public required string Step { get; init; }

    /// <summary>The id of the resource that is written.</summary>
    public string TargetId { get; init; } = "";

    /// <summary>The method of the request: PATCH, PUT, DELETE, POST; empty where none would be sent.</summary>
    public string Method { get; init; } = "";

    /// <summary>What is sent, as JSON; empty where there is no body. Never a secret.</summary>
    public string Body { get; init; } = "";

    /// <summary>The value now.</summary>
    public string From { get; init; } = "";

    /// <summary>The value afterwards.</summary>
    public string To { get; init; } = "";

    /// <summary>How far it can be taken back.</summary>
    public ChangeClass Class { get; init; }

    /// <summary>Whether it would be sent: no guard refuses it, and the consents that it needs were given.</summary>
    public bool WillApply { get; init; }

    /// <summary>What stands against it, or which consent it needs; empty where nothing does.</summary>
    public string Guard { get; init; } = "";

    /// <summary>Whether it is in force only after a restart.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>What it does to users of the server, and what may undo it: policies, infrastructure code.</summary>
    public string Risk { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{ServerName} {Step}: {From} → {To}{(WillApply ? "" : $" ({Guard})")}";
}
