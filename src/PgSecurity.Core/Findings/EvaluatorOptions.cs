using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Findings;

/// <summary>How findings are made.</summary>
public sealed class EvaluatorOptions
{
    /// <summary>The usual: no evidence for what passed, no exemptions.</summary>
    public static EvaluatorOptions Default { get; } = new();

    /// <summary>The exemptions that hold.</summary>
    public ExemptionSet Exemptions { get; init; } = ExemptionSet.None;

    /// <summary>Whether what passed is explained too, which costs time.</summary>
    public bool ExplainPassed { get; init; }

    /// <summary>
    /// Whether controls that require what a posture has nothing of (<see cref="Controls.ControlRequirement"/>) are left out, but
    /// for those named here.
    /// </summary>
    public bool LeaveOutUnasked { get; init; }

    /// <summary>Ids of controls that were asked for by name: they are never left out.</summary>
    public IReadOnlyCollection<string> AskedByName { get; init; } = Array.Empty<string>();

    /// <summary>The clock, for exemptions and for <see cref="Finding.EvaluatedAt"/>.</summary>
    public Func<DateTimeOffset> UtcNow { get; init; } = () => DateTimeOffset.UtcNow;
}
