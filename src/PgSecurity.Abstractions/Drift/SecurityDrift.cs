using System;

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

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        DriftKind.NotComparable => $"{ServerName}: {(ControlId.Length > 0 ? ControlId : Target)} cannot be compared: {Reason}",
        DriftKind.PropertyChanged => $"{ServerName}: {Target} {Path}: {Before} → {After}",
        _ => $"{ServerName}: {Kind} {(ControlId.Length > 0 ? $"{ControlId} {Title}" : Target)}",
    };
}
