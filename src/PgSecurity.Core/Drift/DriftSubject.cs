using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift;

/// <summary>The two looks that a drift is between; one of them is null where the server was not seen.</summary>
/// <param name="Before">The first look.</param>
/// <param name="After">The second look.</param>
/// <param name="OtherAt">When the look was taken that did not see the server, where one did not and that is known.</param>
internal sealed record DriftSubject(Posture? Before, Posture? After, DateTimeOffset? OtherAt = null)
{
    /// <summary>A drift of the server. What is told beyond that is set with <c>Of</c>'s arguments.</summary>
    public SecurityDrift Of(
        DriftKind kind,
        string target = "",
        string path = "",
        string before = "",
        string after = "",
        string reason = "",
        Finding? finding = null)
    {
        Posture seen = (After ?? Before)!;
        return new SecurityDrift
        {
            Kind = kind,
            ResourceId = seen.Id.Value,
            ServerName = seen.Id.Name,
            ResourceGroupName = seen.Id.ResourceGroupName,
            SubscriptionId = seen.Id.SubscriptionId,
            ControlId = finding?.ControlId ?? "",
            Title = finding?.Title ?? "",
            Severity = finding?.Severity,
            Target = target,
            Path = path,
            Before = before,
            After = after,
            Reason = reason,
            BeforeAt = Before is null ? OtherAt : Before.CollectedAt,
            AfterAt = After is null ? OtherAt : After.CollectedAt,
        };
    }
}
