using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Findings;

namespace PgSecurity.Core.Drift;

/// <summary>
/// The findings that moved between two looks at a server. What was Unknown at one of them cannot be compared. That a finding
/// was set aside, or is no longer, is told as that and not as a change of the server.
/// </summary>
internal sealed class FindingDrift
{
    private readonly DriftSubject _subject;
    private readonly DriftExemptions _exemptions;

    public FindingDrift(DriftSubject subject, DriftExemptions exemptions)
    {
        _subject = subject;
        _exemptions = exemptions;
    }

    /// <summary>What moved.</summary>
    /// <param name="before">The findings of the first look, without exemptions.</param>
    /// <param name="after">Those of the second, without exemptions.</param>
    public IEnumerable<SecurityDrift> Of(IEnumerable<Finding> before, IEnumerable<Finding> after)
    {
        Dictionary<string, Finding> earlier = before.ToDictionary(finding => finding.ControlId, StringComparer.OrdinalIgnoreCase);
        foreach (Finding now in after)
        {
            if (!earlier.TryGetValue(now.ControlId, out Finding? old)) continue;
            Standing was = new(old, _exemptions.Before(old, _subject.Before!.CollectedAt));
            Standing stands = new(now, _exemptions.After(now));
            if (Exempted(was, stands) is SecurityDrift exempted) yield return exempted;
            if (Moved(was, stands) is SecurityDrift moved) yield return moved;
        }
    }

    /// <summary>The server is as it was, and an exemption began or ended.</summary>
    private SecurityDrift? Exempted(Standing before, Standing after)
    {
        if (before.Raw.Outcome != after.Raw.Outcome || (before.Exemption is null) == (after.Exemption is null)) return null;
        return after.Exemption is null
            ? Tell(DriftKind.ExemptionEnded, before, after, $"{_exemptions.EndReason(after.Raw, before.Exemption!)} {after.Raw.Reason}".TrimEnd())
            : Tell(DriftKind.ExemptionBegan, before, after, after.Reason);
    }

    private SecurityDrift? Moved(Standing before, Standing after)
    {
        if (Kind(before, after) is not DriftKind kind) return null;
        bool wasUnknown = before.Raw.Outcome == Outcome.Unknown;
        string reason = kind == DriftKind.NotComparable
            ? $"Unknown {(wasUnknown ? "before" : "after")}: {(wasUnknown ? before : after).Raw.Reason}"
            : after.Reason;
        return Tell(kind, before, after, reason);
    }

    private SecurityDrift Tell(DriftKind kind, Standing before, Standing after, string reason) =>
        _subject.Of(kind, before: before.Text, after: after.Text, reason: reason, finding: after.Raw);

    private static DriftKind? Kind(Standing before, Standing after)
    {
        if (before.Raw.Outcome == Outcome.Unknown || after.Raw.Outcome == Outcome.Unknown)
        {
            bool isSetAside = before.Exemption is not null && after.Exemption is not null;
            return before.Raw.Outcome == after.Raw.Outcome || isSetAside ? null : DriftKind.NotComparable;
        }

        if (before.Raw.Outcome != after.Raw.Outcome)
        {
            return after.Outcome == Outcome.Fail ? DriftKind.FindingAppeared
                : before.Outcome == Outcome.Fail ? DriftKind.FindingVanished
                : DriftKind.FindingChanged;
        }

        return after.Raw.Outcome == Outcome.Fail && !string.Equals(before.Raw.Observed, after.Raw.Observed, StringComparison.Ordinal)
            ? DriftKind.FindingChanged
            : null;
    }

    /// <summary>A finding as it is reported: with the exemption that sets it aside.</summary>
    private sealed record Standing(Finding Raw, Exemption? Exemption)
    {
        public Outcome Outcome => Exemption is null ? Raw.Outcome : Outcome.Exempt;

        public string Reason => Exemption is null ? Raw.Reason : ExemptionSet.Reason(Exemption, Raw.Outcome);

        public string Text => Raw.Observed.Length == 0 ? Outcome.ToString() : $"{Outcome}: {Raw.Observed}";
    }
}
