using System;
using PgSecurity.Core.Findings;

namespace PgSecurity.Core.Drift;

/// <summary>
/// The exemptions that held at each look, so that a finding that was set aside, or is no longer, is told apart from a
/// change of the server. The first look is judged at its own time, the second as an audit of it would be judged now.
/// </summary>
public sealed class DriftExemptions
{
    private readonly ExemptionSet _before;
    private readonly ExemptionSet _after;
    private readonly Func<DateTimeOffset> _utcNow;

    /// <summary>Takes the exemptions.</summary>
    /// <param name="before">Those that held at the first look.</param>
    /// <param name="after">Those that hold now.</param>
    /// <param name="utcNow">The clock; null for the machine's.</param>
    public DriftExemptions(ExemptionSet before, ExemptionSet after, Func<DateTimeOffset>? utcNow = null)
    {
        _before = before;
        _after = after;
        _utcNow = utcNow ?? (() => DateTimeOffset.UtcNow);
    }

    /// <summary>No exemption at either look.</summary>
    public static DriftExemptions None { get; } = new(ExemptionSet.None, ExemptionSet.None);

    /// <summary>The exemption that set a finding of the first look aside, or null.</summary>
    internal Exemption? Before(Finding finding, DateTimeOffset? lookedAt) => Find(_before, finding, lookedAt ?? _utcNow());

    /// <summary>The exemption that sets a finding of the second look aside, or null.</summary>
    internal Exemption? After(Finding finding) => Find(_after, finding, _utcNow());

    /// <summary>Why an exemption of the first look no longer holds.</summary>
    internal string EndReason(Finding finding, Exemption ended) =>
        _after.FindExpired(ServerId.Parse(finding.ResourceId), finding.ControlId, _utcNow()) is Exemption expired
            ? ExemptionSet.ExpiredReason(expired)
            : $"The exemption '{ended.Name}' is no longer among those that are given.";

    private static Exemption? Find(ExemptionSet exemptions, Finding finding, DateTimeOffset at) =>
        finding.Outcome is Outcome.Fail or Outcome.Unknown
            ? exemptions.Find(ServerId.Parse(finding.ResourceId), finding.ControlId, at)
            : null;
}
