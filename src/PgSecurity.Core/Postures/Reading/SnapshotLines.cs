using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Reads the lines of a snapshot on all cores, some at a time, and gives them in their order. A line that is not as the
/// writer writes it ends a round: <see cref="JsonValues"/> then reads it, where it stands, as if nobody had looked.
/// </summary>
internal sealed class SnapshotLines
{
    private const int LinesForEachThread = 2;

    private readonly JsonValues _values;
    private readonly SnapshotLineReader[] _readers;
    private readonly PostureReadResult?[] _results;
    private readonly List<TextPlace> _places = new();
    private readonly ParallelOptions _parallel;

    public SnapshotLines(JsonValues values, string file, PostureReaderOptions options)
    {
        _values = values;
        int threads = Math.Max(1, options.MaximumThreads);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        _readers = new SnapshotLineReader[threads > 1 ? threads * LinesForEachThread : 1];
        _results = new PostureReadResult?[_readers.Length];
        KnownResources known = new(options.MaximumDepth);
        for (int i = 0; i < _readers.Length; i++)
        {
            _readers[i] = new SnapshotLineReader(file, options, values.Names, known);
        }
    }

    /// <summary>The next lines that are whole and in order; none where what comes next is anything else.</summary>
    public IEnumerable<PostureReadResult> NextRound()
    {
        _places.Clear();
        _values.FindSnapshotLines(_places, _readers.Length);
        if (_places.Count == 0) yield break;

        byte[] buffer = _values.Buffer;
        long first = _values.Line;
        if (_places.Count == 1) _results[0] = _readers[0].TryRead(buffer, _places[0], first);
        else Parallel.For(0, _places.Count, _parallel, i => _results[i] = _readers[i].TryRead(buffer, _places[i], first + i));
        int whole = Array.FindIndex(_results, 0, _places.Count, result => result is null);
        if (whole < 0) whole = _places.Count;
        _values.SkipLines(_places, whole);
        for (int i = 0; i < whole; i++)
        {
            yield return _results[i]!;
        }
    }
}
