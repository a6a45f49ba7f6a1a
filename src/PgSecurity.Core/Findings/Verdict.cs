using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Findings;

/// <summary>What a control came to on a posture, before exemptions: an outcome, why, and what it stands on.</summary>
internal sealed record Verdict(Outcome Outcome, string Reason, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>A pass that nobody asked to explain.</summary>
    public static Verdict Passed { get; } = new(Outcome.Pass, "", Array.Empty<Evidence>());

    public static Verdict NotApplicable(string reason) => new(Outcome.NotApplicable, reason, Array.Empty<Evidence>());

    public static Verdict Unknown(string reason) => new(Outcome.Unknown, reason, Array.Empty<Evidence>());
}
