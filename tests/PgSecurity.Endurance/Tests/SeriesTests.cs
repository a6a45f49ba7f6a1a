using System.Linq;
using PgSecurity.Endurance.Sampling;
using Xunit;

namespace PgSecurity.Endurance.Tests;

/// <summary>What is called flat.</summary>
public sealed class SeriesTests
{
    [Fact]
    public void What_rises_in_the_first_quarter_and_stays_is_flat() => Assert.True(Of([1, 40, 80, 100, 100, 101, 99, 100, 100, 103, 98, 100, 102, 100, 104, 103]).IsFlat);

    [Fact]
    public void What_rises_to_the_end_is_not() => Assert.False(Of([.. Enumerable.Range(1, 160).Select(number => 100 + (number * 0.2))]).IsFlat);

    [Fact]
    public void One_sample_out_of_line_says_nothing()
    {
        double[] samples = [.. Enumerable.Repeat(100.0, 40)];
        samples[37] = 5000;
        Series series = Of(samples);
        Assert.True(series.IsFlat);
        Assert.Equal((100, 100, 5000), (series.Second, series.Last, series.Highest));
    }

    [Fact]
    public void What_is_allowed_is_a_share_and_an_amount()
    {
        Assert.True(Of([100, 100, 100, 108]).IsFlat);
        Assert.False(Of([100, 100, 100, 108.1]).IsFlat);
    }

    private static Series Of(double[] samples)
    {
        int at = 0;
        Series series = new(new Gauge("gauge", 0.05, 3, false, () => samples[at++]));
        foreach (double _ in samples) series.Take();
        return series;
    }
}
