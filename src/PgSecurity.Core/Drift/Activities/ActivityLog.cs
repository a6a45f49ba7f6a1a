using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>What was read of the activity log: the writes that succeeded, by resource, and what could not be read.</summary>
public sealed class ActivityLog
{
    private const string Tags = "Microsoft.Resources/tags";

    private readonly Dictionary<string, List<ActivityWrite>> _byResource = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<ActivityWrite>> _byParent = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(ActivitySpan Span, string Reason)> _gaps = new();

    /// <summary>What could not be read, and why.</summary>
    public IEnumerable<(ActivitySpan Span, string Reason)> Gaps => _gaps;

    /// <summary>Takes a listing.</summary>
    /// <param name="span">What it was asked for.</param>
    /// <param name="events">What it brought.</param>
    /// <param name="gap">Why it is not all; null where it is.</param>
    public void Add(ActivitySpan span, IEnumerable<ActivityEvent> events, string? gap)
    {
        if (gap is not null) _gaps.Add((span, gap));
        foreach (ActivityWrite write in ActivityWrite.Of(events))
        {
            Put(_byResource, write.Event.ResourceId, write);
            Put(_byParent, ResourceId.ScopeOf(write.Event.ResourceId), write);
        }
    }

    /// <summary>
    /// The writes that may have moved a resource, newest first: its own, else those on what it is a part of, such as the
    /// deletion of its server.
    /// </summary>
    internal IReadOnlyList<ActivityWrite> Of(ActivityQuestion question) =>
        Candidates(question, write => write.IsBetween(question.Before!.Value, question.After!.Value));

    /// <summary>The newest write that was just outside of the two looks, or null: it is spoken of, and not taken for the one that moved it.</summary>
    internal ActivityWrite? Near(ActivityQuestion question) =>
        Candidates(question, write => write.IsNear(question.Before!.Value, question.After!.Value)).FirstOrDefault();

    private List<ActivityWrite> Candidates(ActivityQuestion question, Func<ActivityWrite, bool> isInTime)
    {
        bool Fits(ActivityWrite write) => isInTime(write) && IsOfKind(write, question);
        List<ActivityWrite> own = Own(question).Where(Fits).ToList();
        return (own.Count > 0 ? own : Above(question).Where(Fits)).OrderByDescending(write => write.Event.At).ToList();
    }

    /// <summary>What could not be read of the log that a resource's writes would be in; null where all was.</summary>
    internal string? GapOf(ActivityQuestion question) => _gaps
        .Where(gap => Same(gap.Span.SubscriptionId, ResourceId.SubscriptionOf(question.Target)) && (gap.Span.ResourceGroupName is null || Same(gap.Span.ResourceGroupName, question.ResourceGroupName)))
        .Select(gap => gap.Reason)
        .FirstOrDefault();

    private IEnumerable<ActivityWrite> Own(ActivityQuestion question)
    {
        string type = ResourceId.TypeOf(question.Target) ?? "";
        IEnumerable<ActivityWrite> direct = At(_byResource, question.Target).Where(write => Same(write.Type, type));

        // Some providers log a child under its parent's id.
        IEnumerable<ActivityWrite> underParent = Ancestors(question.Target).SelectMany(id => At(_byResource, id)).Where(write => Same(write.Type, type));

        // A list inside a body, such as privateEndpointConnections, is moved by writes on the children of that name.
        IEnumerable<ActivityWrite> embedded = At(_byParent, question.Target).Where(write => IsEmbedded(write, question));
        return direct.Concat(underParent).Concat(embedded).Concat(Tagged(question));
    }

    /// <summary>Tags are a resource of their own below what they are on; some write them there, others with the resource.</summary>
    private IEnumerable<ActivityWrite> Tagged(ActivityQuestion question) => IsWithin(question.Path, "tags")
        ? new[] { question.Target, $"{question.Target}/providers/{Tags}/default" }.SelectMany(id => At(_byResource, id)).Where(write => Same(write.Type, Tags))
        : Enumerable.Empty<ActivityWrite>();

    /// <summary>Writes on what a resource hangs on, and the end of its resource group.</summary>
    private IEnumerable<ActivityWrite> Above(ActivityQuestion question) => Ancestors(question.Target)
        .SelectMany(id => At(_byResource, id))
        .Where(write => Same(write.Type, ResourceId.TypeOf(write.Event.ResourceId)) || (write.Deletes && ResourceId.TypeOf(write.Event.ResourceId) is null));

    private static bool IsOfKind(ActivityWrite write, ActivityQuestion question) => question.Kind switch
    {
        DriftKind.ResourceRemoved or DriftKind.ServerRemoved => !write.Event.Operation.EndsWith("/write", StringComparison.OrdinalIgnoreCase),
        DriftKind.ResourceAdded or DriftKind.ServerAdded => !write.Deletes,
        _ => true,
    };

    private static bool IsEmbedded(ActivityWrite write, ActivityQuestion question) =>
        IsWithin(question.Path, "properties." + ResourceId.NameOf(write.Type));

    private static bool IsWithin(string path, string member) =>
        path.StartsWith(member, StringComparison.OrdinalIgnoreCase) && (path.Length == member.Length || path[member.Length] is '[' or '.');

    private static IEnumerable<string> Ancestors(string id)
    {
        for (string above = ResourceId.ScopeOf(id); above.Length > 1 && ResourceId.SubscriptionOf(above) is not null; above = ResourceId.ScopeOf(above))
        {
            yield return above;
            if (ResourceId.TypeOf(above) is null) yield break;
        }
    }

    private static IEnumerable<ActivityWrite> At(Dictionary<string, List<ActivityWrite>> writes, string id) =>
        writes.TryGetValue(id, out List<ActivityWrite>? found) ? found : Enumerable.Empty<ActivityWrite>();

    private static void Put(Dictionary<string, List<ActivityWrite>> writes, string id, ActivityWrite write)
    {
        if (!writes.TryGetValue(id, out List<ActivityWrite>? list)) writes[id] = list = new List<ActivityWrite>();
        list.Add(write);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
