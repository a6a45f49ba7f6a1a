using System;
using System.Collections.Concurrent;
using System.Threading;

namespace PgSecurity.Core.Postures;

/// <summary>
/// Every property name that an input has held so far. ARM compares names without regard to case, so a property that is
/// not there as it is asked for may be there in other letters; where no document of the input writes the name in other
/// letters, nothing needs to be looked through. Any number of threads may use it.
/// </summary>
internal sealed class NameTable
{
    /// <summary>Keys of tags and the like are names too: beyond this many, every name may have another spelling.</summary>
    private const int MaximumNames = 8192;

    private readonly ConcurrentDictionary<string, string?> _spellings = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    /// <summary>Whether no more names are taken, since there are too many.</summary>
    public bool IsFull => Volatile.Read(ref _count) >= MaximumNames;

    /// <summary>Adds a name; before a document is given out, all of its names must have been.</summary>
    public void Add(string name)
    {
        if (IsFull) return;
        if (_spellings.TryAdd(name, name)) Interlocked.Increment(ref _count);
        else if (!string.Equals(_spellings[name], name, StringComparison.Ordinal)) _spellings[name] = null;
    }

    /// <summary>Whether some document may write the name in other letters.</summary>
    public bool MayHaveOtherSpelling(string name) =>
        IsFull || (_spellings.TryGetValue(name, out string? spelling) && !string.Equals(spelling, name, StringComparison.Ordinal));
}
