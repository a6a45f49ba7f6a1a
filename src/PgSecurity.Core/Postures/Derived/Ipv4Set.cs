using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>A set of IPv4 addresses as spans that neither overlap nor touch, in order.</summary>
internal sealed class Ipv4Set
{
    private readonly List<Ipv4Range> _spans = new();

    /// <summary>The union of some ranges.</summary>
    public Ipv4Set(IEnumerable<Ipv4Range> ranges)
    {
        foreach (Ipv4Range range in ranges.OrderBy(range => range.First))
        {
            if (_spans.Count > 0 && range.First <= (long)_spans[_spans.Count - 1].Last + 1)
            {
                Ipv4Range before = _spans[_spans.Count - 1];
                if (range.Last > before.Last) _spans[_spans.Count - 1] = before with { Last = range.Last };
            }
            else
            {
                _spans.Add(range);
            }
        }
    }

    /// <summary>The spans, in order.</summary>
    public IReadOnlyList<Ipv4Range> Spans => _spans;

    /// <summary>How many addresses are in it.</summary>
    public long Addresses => _spans.Sum(span => span.Addresses);

    /// <summary>The span with most addresses; null where the set is empty.</summary>
    public Ipv4Range? Widest => _spans.Count == 0 ? null : _spans.OrderByDescending(span => span.Addresses).First();

    /// <summary>What is left without the addresses of another set.</summary>
    public Ipv4Set Except(Ipv4Set other)
    {
        List<Ipv4Range> left = new();
        foreach (Ipv4Range span in _spans)
        {
            long next = span.First;
            foreach (Ipv4Range hole in other._spans)
            {
                if (hole.Last < next || hole.First > span.Last) continue;
                if (hole.First > next) left.Add(new Ipv4Range((uint)next, hole.First - 1));
                next = (long)hole.Last + 1;
            }

            if (next <= span.Last) left.Add(new Ipv4Range((uint)next, span.Last));
        }

        return new Ipv4Set(left);
    }
}
