using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>One thing that moved between two looks at a server, or of which it cannot be told.</summary>
public sealed class SecurityDrift
{
    /// <summary>What moved.</summary>
    public required DriftKind Kind { get; init; }

    /// <summary>The ARM id of the server.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The server's name.</summary>
    public required string ServerName { get; init; }

    /// <summary>The server's resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The server's subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The control, where a finding moved; else empty.</summary>
    public string ControlId { get; init; } = "";

    /// <summary>The control's title, where a finding moved; else empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The control's severity, where a finding moved.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The id of the resource that moved, or the type of those that cannot be compared; else empty.</summary>
    public string Target { get; init; } = "";

    /// <summary>The property that moved, as a path such as <c>properties.network.publicNetworkAccess</c>; else empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>What was there at the first look: a value, or an outcome with what was observed. Never a secret.</summary>
    public string Before { get; init; } = "";

    /// <summary>What is there at the second look.</summary>
    public string After { get; init; } = "";

    /// <summary>Why it cannot be compared, or why the outcome is what it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When the first look was taken, where that is known.</summary>
    public DateTimeOffset? BeforeAt { get; init; }

    /// <summary>When the second look was taken, where that is known.</summary>
    public DateTimeOffset? AfterAt { get; init; }

    /// <summary>
    /// The successful writes between the two looks, in Azure's activity log, that may have caused it, newest first. More than
    /// one means that the log does not tell which of them it was. Empty where nobody looked; <see cref="ActivityReason"/> says why else.
    /// </summary>
    public IReadOnlyList<SecurityActivity> Activities { get; private set; } = ReadableList<SecurityActivity>.Of(Array.Empty<SecurityActivity>());

    /// <summary>Why no write is named, or why there may be others; empty where nobody looked into the activity log, or all is told.</summary>
    public string ActivityReason { get; private set; } = "";

    /// <summary>Who made the newest of <see cref="Activities"/>: a user's sign-in name or an application's id. Personal data. Empty where there is none.</summary>
    public string Caller => Activities.Count > 0 ? Activities[0].Caller : "";

    /// <summary>When the newest of <see cref="Activities"/> succeeded, UTC.</summary>
    public DateTimeOffset? ChangedAt => Activities.Count > 0 ? Activities[0].At : null;

    /// <summary>The operation of the newest of <see cref="Activities"/>, as role definitions name it; empty where there is none.</summary>
    public string Operation => Activities.Count > 0 ? Activities[0].Operation : "";

    /// <summary>The same drift with what the activity log says of it.</summary>
    /// <param name="activities">The writes, newest first.</param>
    /// <param name="reason">Why there is none, or may be others.</param>
    public SecurityDrift With(IReadOnlyList<SecurityActivity> activities, string reason)
    {
        SecurityDrift told = (SecurityDrift)MemberwiseClone();
        told.Activities = ReadableList<SecurityActivity>.Of(activities);
        told.ActivityReason = reason;
        return told;
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        DriftKind.NotComparable => $"{ServerName}: {(ControlId.Length > 0 ? ControlId : Target)} cannot be compared: {Reason}",
        DriftKind.PropertyChanged => $"{ServerName}: {Target} {Path}: {Before} → {After}",
        _ => $"{ServerName}: {Kind} {(ControlId.Length > 0 ? $"{ControlId} {Title}" : Target)}",
    };
}
