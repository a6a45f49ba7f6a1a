using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift;

/// <summary>
/// The resources and properties that moved. What one look did not see (a facet with a gap, a body that is not whole, a
/// value that is not known) is not comparable, and is said to be so; it is never a change, nor none.
/// </summary>
internal static class PropertyDrift
{
    public static IEnumerable<SecurityDrift> Of(DriftSubject subject)
    {
        Posture before = subject.Before!;
        Posture after = subject.After!;
        foreach (string type in Types(before, after))
        {
            foreach (SecurityDrift drift in OfFacet(subject, before.FacetOf(type), after.FacetOf(type)))
            {
                yield return drift;
            }
        }
    }

    /// <summary>The types that either look knows of, the server first.</summary>
    private static IEnumerable<string> Types(Posture before, Posture after) => before.Facets.Concat(after.Facets)
        .Select(facet => FacetTypes.Normalize(facet.Type))
        .Where(type => !DriftNoise.IsFacet(type))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderBy(type => type == FacetTypes.Normalize(after.Id.ResourceType) ? 0 : 1)
        .ThenBy(type => type, StringComparer.Ordinal);

    private static IEnumerable<SecurityDrift> OfFacet(DriftSubject subject, Facet before, Facet after)
    {
        if (IsUnseen(before) && IsUnseen(after)) yield break;
        string? gap = GapBetween(before, after);
        if (gap is not null) yield return subject.Of(DriftKind.NotComparable, target: FacetTypes.Normalize(after.Type), reason: gap);

        Dictionary<string, Resource> earlier = ById(before);
        Dictionary<string, Resource> later = ById(after);
        foreach (KeyValuePair<string, Resource> pair in later.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (earlier.TryGetValue(pair.Key, out Resource? old))
            {
                foreach (SecurityDrift drift in OfResource(subject, old, pair.Value)) yield return drift;
            }
            else if (before.IsComplete)
            {
                yield return subject.Of(DriftKind.ResourceAdded, pair.Value.Id, after: Summary(pair.Value));
            }
        }

        if (!after.IsComplete) yield break;
        foreach (KeyValuePair<string, Resource> pair in earlier.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (!later.ContainsKey(pair.Key)) yield return subject.Of(DriftKind.ResourceRemoved, pair.Value.Id, before: Summary(pair.Value));
        }
    }

    /// <summary>Nobody looked, or nothing could be seen: there is nothing to compare.</summary>
    private static bool IsUnseen(Facet facet) => !facet.IsComplete && facet.Resources.Count == 0;

    private static string? GapBetween(Facet before, Facet after) =>
        before.Gap is null && after.Gap is null ? null
        : before.Gap is null ? $"complete before, not after: {after.Gap!.Reason}"
        : after.Gap is null ? $"complete after, not before: {before.Gap.Reason}"
        : $"complete neither before ({before.Gap.Reason}) nor after ({after.Gap.Reason})";

    private static Dictionary<string, Resource> ById(Facet facet)
    {
        Dictionary<string, Resource> all = new(StringComparer.OrdinalIgnoreCase);
        foreach (Resource resource in facet.Resources) all[resource.Id] = resource;
        return all;
    }

    private static IEnumerable<SecurityDrift> OfResource(DriftSubject subject, Resource before, Resource after)
    {
        FlatResource earlier = FlatResource.Of(before);
        FlatResource later = FlatResource.Of(after);
        HashSet<string> reasons = new(StringComparer.Ordinal);
        foreach (string path in earlier.Values.Keys.Concat(later.Values.Keys).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(path => path, StringComparer.Ordinal))
        {
            string? unknownBefore = NotKnown(earlier, before, path);
            string? unknownAfter = NotKnown(later, after, path);
            if (unknownBefore is not null && unknownAfter is not null) continue;
            if ((unknownBefore ?? unknownAfter) is string reason)
            {
                // One line for all that a body which is not whole leaves open, one for each value that is marked.
                string side = unknownBefore is not null ? "before" : "after";
                bool isWhole = (unknownBefore is not null ? before : after).Gap != reason;
                if (reasons.Add(isWhole ? path : reason))
                {
                    yield return subject.Of(DriftKind.NotComparable, after.Id, isWhole ? path : "", reason: $"not known {side}: {reason}");
                }

                continue;
            }

            earlier.Values.TryGetValue(path, out FlatValue? old);
            later.Values.TryGetValue(path, out FlatValue? now);
            if (!AreSame(after.Type, old, now))
            {
                yield return subject.Of(DriftKind.PropertyChanged, after.Id, path, old?.Shown ?? "(absent)", now?.Shown ?? "(absent)");
            }
        }
    }

    private static string? NotKnown(FlatResource resource, Resource body, string path) =>
        resource.UnknownReason(path) ?? (resource.Values.ContainsKey(path) ? null : body.Gap);

    /// <summary>ARM keeps the case of a value as it was written, and compares without it; PostgreSQL does not.</summary>
    private static bool AreSame(string type, FlatValue? before, FlatValue? after) => string.Equals(
        before?.Compared,
        after?.Compared,
        string.Equals(type, FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>What a resource that came or went says, in a line.</summary>
    private static string Summary(Resource resource)
    {
        string text = string.Join(", ", FlatResource.Of(resource).Values
            .Where(pair => pair.Value.UnknownReason is null && pair.Key.StartsWith("properties.", StringComparison.OrdinalIgnoreCase))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(6)
            .Select(pair => $"{pair.Key.Substring("properties.".Length)}: {pair.Value.Shown}"));
        return text.Length > 300 ? text.Substring(0, 300) + "…" : text.Length == 0 ? "present" : text;
    }
}
