using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Drift;

/// <summary>The findings that moved between two looks at a server. What was Unknown at one of them cannot be compared.</summary>
internal static class FindingDrift
{
    public static IEnumerable<SecurityDrift> Of(DriftSubject subject, IEnumerable<Finding> before, IEnumerable<Finding> after)
    {
        Dictionary<string, Finding> earlier = before.ToDictionary(finding => finding.ControlId, StringComparer.OrdinalIgnoreCase);
        foreach (Finding now in after)
        {
            if (earlier.TryGetValue(now.ControlId, out Finding? old) && Of(subject, old, now) is SecurityDrift drift) yield return drift;
        }
    }

    private static SecurityDrift? Of(DriftSubject subject, Finding before, Finding after)
    {
        if (Kind(before, after) is not DriftKind kind) return null;
        bool wasUnknown = before.Outcome == Outcome.Unknown;
        string reason = kind == DriftKind.NotComparable
            ? $"Unknown {(wasUnknown ? "before" : "after")}: {(wasUnknown ? before : after).Reason}"
            : after.Reason;
        return subject.Of(kind, before: Text(before), after: Text(after), reason: reason, finding: after);
    }

    private static DriftKind? Kind(Finding before, Finding after)
    {
        if (before.Outcome == Outcome.Unknown || after.Outcome == Outcome.Unknown)
        {
            return before.Outcome == after.Outcome ? null : DriftKind.NotComparable;
        }

        if (before.Outcome != after.Outcome)
        {
            return after.Outcome == Outcome.Fail ? DriftKind.FindingAppeared
                : before.Outcome == Outcome.Fail ? DriftKind.FindingVanished
                : DriftKind.FindingChanged;
        }

        return after.Outcome == Outcome.Fail && !string.Equals(before.Observed, after.Observed, StringComparison.Ordinal)
            ? DriftKind.FindingChanged
            : null;
    }

    private static string Text(Finding finding) =>
        finding.Observed.Length == 0 ? finding.Outcome.ToString() : $"{finding.Outcome}: {finding.Observed}";
}
