using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Drift;

/// <summary>One of two snapshots while they are read together: the servers that wait for their counterpart.</summary>
internal sealed class DriftSide : IDisposable
{
    private readonly IEnumerator<PostureReadResult> _results;
    private readonly Action<InputError> _unread;
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Posture> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = new();
    private Posture? _repeated;
    private string? _last;

    public DriftSide(IEnumerable<PostureReadResult> results, Action<InputError> unread)
    {
        _results = results.GetEnumerator();
        _unread = unread;
    }

    /// <summary>Whether something of the snapshot could not be read.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>When the first of its servers was collected; null where none says so.</summary>
    public DateTimeOffset? EarliestAt { get; private set; }

    /// <summary>When the last of its servers was collected; null where none says so.</summary>
    public DateTimeOffset? LatestAt { get; private set; }

    /// <summary>The servers without a counterpart so far, in the order of the snapshot.</summary>
    public IEnumerable<Posture> Waiting => _order.Where(_waiting.ContainsKey).Select(id => _waiting[id]);

    /// <summary>Reads on; false where nothing is left.</summary>
    public bool Read()
    {
        _last = null;
        if (!_results.MoveNext()) return false;
        if (_results.Current.Error is { } error)
        {
            HasErrors = true;
            _unread(error);
        }
        else if (_results.Current.Posture is { } posture)
        {
            Take(posture);
        }

        return true;
    }

    /// <summary>The server that was read last where it had been read before, once; else null.</summary>
    public Posture? TakeRepeated()
    {
        Posture? repeated = _repeated;
        _repeated = null;
        return repeated;
    }

    /// <summary>The servers read last that have found their counterpart.</summary>
    public static IEnumerable<(Posture Before, Posture After)> Matched(DriftSide before, DriftSide after)
    {
        foreach (string? id in new[] { before._last, after._last })
        {
            if (id is null || !before._waiting.TryGetValue(id, out Posture? old) || !after._waiting.TryGetValue(id, out Posture? now)) continue;
            before._waiting.Remove(id);
            after._waiting.Remove(id);
            yield return (old, now);
        }
    }

    public void Dispose() => _results.Dispose();

    private void Take(Posture posture)
    {
        string id = posture.Id.Value;
        if (!_seen.Add(id))
        {
            _repeated = posture;
            return;
        }

        if (posture.CollectedAt is DateTimeOffset at)
        {
            EarliestAt = EarliestAt < at ? EarliestAt : at;
            LatestAt = LatestAt > at ? LatestAt : at;
        }

        _waiting[id] = posture;
        _order.Add(id);
        _last = id;
    }
}
