using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Drift;

/// <summary>
/// Compares two snapshots, server by server, as they are read. Servers that stand in the same order in both, as collectors
/// write them, are held one at a time; others wait in memory for their counterpart.
/// </summary>
public sealed class SnapshotComparison
{
    private const string Unreadable = "the other snapshot has parts that could not be read, and the server may be in them";

    private readonly Evaluator _evaluator;
    private readonly DriftScope _scope;
    private readonly DriftExemptions _exemptions;

    /// <summary>Makes a comparison.</summary>
    /// <param name="evaluator">The controls that findings are made with, the same for both looks, without exemptions.</param>
    /// <param name="scope">What is compared.</param>
    /// <param name="exemptions">What is set aside at each look; null for nothing.</param>
    public SnapshotComparison(Evaluator evaluator, DriftScope scope = DriftScope.All, DriftExemptions? exemptions = null)
    {
        _evaluator = evaluator;
        _scope = scope;
        _exemptions = exemptions ?? DriftExemptions.None;
    }

    /// <summary>What moved from one posture to another of the same server.</summary>
    /// <exception cref="ArgumentException">They are not of the same server.</exception>
    public IEnumerable<SecurityDrift> Compare(Posture before, Posture after)
    {
        if (!string.Equals(before.Id.Value, after.Id.Value, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"'{before.Id.Value}' and '{after.Id.Value}' are two servers.", nameof(after));
        }

        DriftSubject subject = new(before, after);
        IEnumerable<SecurityDrift> findings = _scope.HasFlag(DriftScope.Findings)
            ? new FindingDrift(subject, _exemptions).Of(_evaluator.Evaluate(before), _evaluator.Evaluate(after))
            : Array.Empty<SecurityDrift>();
        return _scope.HasFlag(DriftScope.Properties) ? findings.Concat(PropertyDrift.Of(subject)) : findings;
    }

    /// <summary>What moved from one snapshot to another.</summary>
    /// <param name="before">The first snapshot as it is read.</param>
    /// <param name="after">The second.</param>
    /// <param name="unread">Is told what could not be read, as it is met.</param>
    /// <param name="lookAgain">
    /// Looks for a server that the second look did not bring, or gives null where it is not meant; null where the second look
    /// is all there is.
    /// </param>
    public IEnumerable<SecurityDrift> Compare(
        IEnumerable<PostureReadResult> before,
        IEnumerable<PostureReadResult> after,
        Action<InputError> unread,
        Func<Posture, SecondLook?>? lookAgain = null)
    {
        using DriftSide earlier = new(before, unread);
        using DriftSide later = new(after, unread);
        while (earlier.Read() | later.Read())
        {
            foreach (SecurityDrift drift in Repeated(earlier).Concat(Repeated(later))) yield return drift;
            foreach ((Posture old, Posture now) in DriftSide.Matched(earlier, later))
            {
                foreach (SecurityDrift drift in Compare(old, now)) yield return drift;
            }
        }

        foreach (Posture gone in earlier.Waiting)
        {
            foreach (SecurityDrift drift in lookAgain is null ? Missing(gone, later) : Missing(gone, lookAgain(gone))) yield return drift;
        }

        foreach (Posture come in later.Waiting)
        {
            yield return Alone(new DriftSubject(null, come, earlier.EarliestAt), DriftKind.ServerAdded, earlier.HasErrors);
        }
    }

    private IEnumerable<SecurityDrift> Missing(Posture gone, SecondLook? look)
    {
        if (look is null) return Array.Empty<SecurityDrift>();
        if (look.Posture is Posture there) return Compare(gone, there);
        DriftSubject subject = new(gone, null, look.GoneAt);
        return new[]
        {
            look.GoneAt is null
                ? subject.Of(DriftKind.NotComparable, gone.Id.Value, reason: look.Reason)
                : subject.Of(DriftKind.ServerRemoved, gone.Id.Value),
        };
    }

    private static IEnumerable<SecurityDrift> Missing(Posture gone, DriftSide later) =>
        new[] { Alone(new DriftSubject(gone, null, later.LatestAt), DriftKind.ServerRemoved, later.HasErrors) };

    private static IEnumerable<SecurityDrift> Repeated(DriftSide side) => side.TakeRepeated() is Posture posture
        ? new[]
        {
            new DriftSubject(posture, null).Of(
                DriftKind.NotComparable, posture.Id.Value, reason: $"the server is in one snapshot more than once; {posture.Source} is left out"),
        }
        : Array.Empty<SecurityDrift>();

    private static SecurityDrift Alone(DriftSubject subject, DriftKind kind, bool mayBeUnread) => mayBeUnread
        ? subject.Of(DriftKind.NotComparable, (subject.After ?? subject.Before)!.Id.Value, reason: Unreadable)
        : subject.Of(kind, (subject.After ?? subject.Before)!.Id.Value);
}
