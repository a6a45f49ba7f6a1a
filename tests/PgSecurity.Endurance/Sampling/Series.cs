using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Endurance.Sampling;

/// <summary>What a gauge showed, sample after sample, and whether it stayed flat.</summary>
internal sealed class Series(Gauge gauge)
{
    private readonly List<double> _values = new();

    /// <summary>The gauge.</summary>
    public Gauge Gauge => gauge;

    /// <summary>The middle of the second quarter: the first is left out, in which everything is done for the first time.</summary>
    public double Second => MedianOf(_values.Count / 4, _values.Count / 2);

    /// <summary>The middle of the last quarter.</summary>
    public double Last => MedianOf(_values.Count * 3 / 4, _values.Count);

    /// <summary>The highest of all.</summary>
    public double Highest => _values.Max();

    /// <summary>Whether the last quarter is not over the second by more than the gauge allows.</summary>
    public bool IsFlat => Last <= gauge.Most(Second);

    /// <summary>Reads the gauge once more.</summary>
    public void Take() => _values.Add(gauge.Read());

    private double MedianOf(int from, int to)
    {
        double[] part = [.. _values.Skip(from).Take(System.Math.Max(1, to - from)).Order()];
        return part.Length % 2 == 1 ? part[part.Length / 2] : (part[(part.Length / 2) - 1] + part[part.Length / 2]) / 2;
    }
}
