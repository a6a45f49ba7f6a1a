using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>
/// The listings of the activity log that answer for many resources: one a subscription, or one for each of a few resource
/// groups, never one for each resource.
/// </summary>
internal static class ActivityPlan
{
    /// <summary>
    /// How long the log is kept: 90 days, less an hour, since the service judges each page by its own clock and refuses what
    /// begins earlier.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90) - TimeSpan.FromHours(1);

    /// <summary>The resource groups of a subscription that are still asked for one by one.</summary>
    private const int FewGroups = 3;

    /// <summary>The listings for questions, as far as the log can answer them.</summary>
    public static IReadOnlyList<ActivitySpan> Of(IEnumerable<ActivityQuestion> questions, DateTimeOffset now) => questions
        .Where(question => question.Unanswerable(now) is null)
        .GroupBy(question => ResourceId.SubscriptionOf(question.Target)!, StringComparer.OrdinalIgnoreCase)
        .SelectMany(subscription => Of(subscription.Key, subscription.ToList(), now))
        .ToList();

    private static IEnumerable<ActivitySpan> Of(string subscription, List<ActivityQuestion> questions, DateTimeOffset now)
    {
        List<string?> groups = questions.Select(question => question.ResourceGroupName).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return groups.Count > FewGroups || groups.Contains(null)
            ? new[] { Span(subscription, null, questions, now) }
            : groups.Select(group => Span(
                subscription,
                group,
                questions.Where(question => string.Equals(question.ResourceGroupName, group, StringComparison.OrdinalIgnoreCase)).ToList(),
                now));
    }

    private static ActivitySpan Span(string subscription, string? group, List<ActivityQuestion> questions, DateTimeOffset now)
    {
        DateTimeOffset from = questions.Min(question => question.Before!.Value) - ActivityWrite.ClockDifference;
        DateTimeOffset to = questions.Max(question => question.After!.Value);

        // The event of a success may come after the look that saw its effect.
        DateTimeOffset late = to + TimeSpan.FromHours(1);
        return new ActivitySpan(subscription, group, from > now - Kept ? from : now - Kept, late < now ? late : now > to ? now : to);
    }
}
