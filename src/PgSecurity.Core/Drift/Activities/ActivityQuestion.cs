using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>What is asked of the activity log: who wrote to a resource between two looks.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Path">The property that moved; empty where the resource came or went.</param>
/// <param name="Kind">What moved.</param>
/// <param name="Before">When the first look was taken; null where that is not known.</param>
/// <param name="After">When the second look was taken; null where that is not known.</param>
internal sealed record ActivityQuestion(string Target, string Path, DriftKind Kind, DateTimeOffset? Before, DateTimeOffset? After)
{
    private const string Group = "/resourceGroups/";

    /// <summary>How a replica's posture holds the parameters of its primary.</summary>
    private const string Parameter = "properties.parameters.";

    /// <summary>The question of a drift of resources.</summary>
    public static ActivityQuestion Of(SecurityDrift drift) => drift.Path.StartsWith(Parameter, StringComparison.OrdinalIgnoreCase)
        ? new($"{drift.Target}/configurations/{drift.Path.Substring(Parameter.Length)}", "properties.value", drift.Kind, drift.BeforeAt, drift.AfterAt)
        : new(drift.Target, drift.Path, drift.Kind, drift.BeforeAt, drift.AfterAt);

    /// <summary>The resource group of the resource; null where it is in none.</summary>
    public string? ResourceGroupName
    {
        get
        {
            int start = Target.IndexOf(Group, StringComparison.OrdinalIgnoreCase);
            if (start < 0) return null;
            string rest = Target.Substring(start + Group.Length);
            int end = rest.IndexOf("/", StringComparison.Ordinal);
            return end < 0 ? rest : rest.Substring(0, end);
        }
    }

    /// <summary>Why the log of a subscription cannot answer; null where it can.</summary>
    public string? Unanswerable(DateTimeOffset now)
    {
        if (Target.IndexOf("/providers/PgSecurity/", StringComparison.OrdinalIgnoreCase) >= 0) return "what is inside a database is not in the activity log";
        if (ResourceId.SubscriptionOf(Target) is null) return "the resource is in no subscription, and the activity log is one of a subscription";
        if (Before is null || After is null) return $"the {(Before is null ? "first" : "second")} look does not say when it was taken";
        if (After < Before) return "the second look was taken before the first";
        return After < now - ActivityPlan.Kept ? "both looks are older than the 90 days that the activity log is kept" : null;
    }
}
