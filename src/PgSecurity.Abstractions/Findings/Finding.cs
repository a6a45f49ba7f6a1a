using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>The outcome of one control for one server, with the evidence for it.</summary>
public sealed class Finding
{
    /// <summary>The ARM id of the server.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The server's name.</summary>
    public required string ServerName { get; init; }

    /// <summary>The server's resource group.</summary>
    public required string ResourceGroupName { get; init; }

    /// <summary>The server's subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The control's stable id, such as <c>NET-001</c>, or the name of a policy definition.</summary>
    public required string ControlId { get; init; }

    /// <summary>The section of the guide: Network, Identity, AccessControl, DataProtection, Logging, Backup, Platform.</summary>
    public required string Section { get; init; }

    /// <summary>The control's title.</summary>
    public required string Title { get; init; }

    /// <summary>How much it matters when the control fails.</summary>
    public required Severity Severity { get; init; }

    /// <summary>What the control came to.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Why it came to that, in one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was seen, in one line.</summary>
    public string Observed { get; init; } = "";

    /// <summary>What passes, in one line.</summary>
    public string Expected { get; init; } = "";

    /// <summary>What to do about it.</summary>
    public string Recommendation { get; init; } = "";

    /// <summary>Whether <c>Repair-PgSecurityFinding</c> has steps for it.</summary>
    public bool IsRemediable { get; init; }

    /// <summary>The resources and fields that the outcome stands on.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init => field = ReadableList<Evidence>.Of(value); } = ReadableList<Evidence>.Of(Array.Empty<Evidence>());

    /// <summary>The benchmark recommendations that the control answers.</summary>
    public IReadOnlyList<BenchmarkReference> Benchmarks { get; init => field = ReadableList<BenchmarkReference>.Of(value); } = ReadableList<BenchmarkReference>.Of(Array.Empty<BenchmarkReference>());

    /// <summary>The name of the exemption, where <see cref="Outcome"/> is <see cref="Outcome.Exempt"/>.</summary>
    public string? Exemption { get; init; }

    /// <summary>Where the posture came from: a file with its line, or the service's address.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was evaluated, UTC.</summary>
    public DateTimeOffset EvaluatedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Outcome}: {ControlId} {Title} on {ServerName}";
}
