using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>A write that succeeded: the event that says so, and when its request came.</summary>
/// <param name="Event">The event of its success.</param>
/// <param name="StartedAt">When the request came; that of the success where the log does not have the beginning.</param>
internal sealed record ActivityWrite(ActivityEvent Event, DateTimeOffset StartedAt)
{
    /// <summary>How far clocks may be apart before that is somebody's fault.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    private const string Action = "/action";

    /// <summary>The type that the operation writes to: <c>…/flexibleServers/restart/action</c> is one of <c>…/flexibleServers</c>.</summary>
    public string Type { get; } = TypeOf(Event.Operation);

    /// <summary>Whether it deletes.</summary>
    public bool Deletes => Event.Operation.EndsWith("/delete", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it was under way or ended between two looks. One whose end the log has only later may have taken effect before.</summary>
    public bool IsBetween(DateTimeOffset before, DateTimeOffset after) => Event.At >= before && StartedAt <= after;

    /// <summary>Whether it was just outside of two looks: they have the time of whoever looked, and the log has the service's.</summary>
    public bool IsNear(DateTimeOffset before, DateTimeOffset after) => !IsBetween(before, after) && IsBetween(before - ClockDifference, after + ClockDifference);

    /// <summary>What is shown of it.</summary>
    public SecurityActivity Shown => new()
    {
        Caller = Event.Caller,
        At = Event.At,
        Operation = Event.Operation,
        ResourceId = Event.ResourceId,
        CorrelationId = Event.CorrelationId,
    };

    /// <summary>The writes among events in any order. A request gives several: that it came, that it was taken on, how it ended.</summary>
    public static IEnumerable<ActivityWrite> Of(IEnumerable<ActivityEvent> events)
    {
        Dictionary<(string, string, string), DateTimeOffset> begun = new();
        foreach (ActivityEvent one in events.OrderBy(one => one.At).ThenBy(one => HasSucceeded(one) ? 1 : 0))
        {
            if (!IsWrite(one.Operation)) continue;
            (string, string, string) request = (one.CorrelationId.ToUpperInvariant(), one.ResourceId.ToUpperInvariant(), one.Operation.ToUpperInvariant());
            if (HasSucceeded(one))
            {
                yield return new ActivityWrite(one, begun.TryGetValue(request, out DateTimeOffset start) ? start : one.At);
                begun.Remove(request);
            }
            else if (!begun.ContainsKey(request))
            {
                begun[request] = one.At;
            }
        }
    }

    private static bool HasSucceeded(ActivityEvent one) =>
        string.Equals(one.Status, "Succeeded", StringComparison.OrdinalIgnoreCase) || string.Equals(one.Status, "Success", StringComparison.OrdinalIgnoreCase);

    private static bool IsWrite(string operation) =>
        operation.EndsWith("/write", StringComparison.OrdinalIgnoreCase)
        || operation.EndsWith("/delete", StringComparison.OrdinalIgnoreCase)
        || operation.EndsWith(Action, StringComparison.OrdinalIgnoreCase);

    private static string TypeOf(string operation)
    {
        string type = operation.Substring(0, operation.LastIndexOf('/'));
        return operation.EndsWith(Action, StringComparison.OrdinalIgnoreCase) && type.LastIndexOf('/') is int cut and > 0 ? type.Substring(0, cut) : type;
    }
}
