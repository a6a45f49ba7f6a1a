using System.Collections.Generic;
using System.Threading;

namespace PgSecurity.Core.Postures;

/// <summary>The index that a kind of resource had last: nearly always the next list of them has the same.</summary>
internal sealed class NameIndexes
{
    private NameIndex? _last;

    /// <summary>The index of some resources. Any number of threads may ask.</summary>
    public NameIndex Of(IReadOnlyList<Resource> resources)
    {
        NameIndex? last = Volatile.Read(ref _last);
        if (last is not null && last.Fits(resources)) return last;
        last = NameIndex.Of(resources);
        Volatile.Write(ref _last, last);
        return last;
    }
}
