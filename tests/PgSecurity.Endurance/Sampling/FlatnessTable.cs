using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Endurance.Sampling;

/// <summary>The samples of a run, and the verdict: a table as the documentation has it.</summary>
internal sealed class FlatnessTable
{
    /// <summary>From here on everything is judged.</summary>
    private const int RoundsOfLongRun = 400;

    private readonly List<Series> _series;

    public FlatnessTable(IEnumerable<Gauge> gauges) => _series = gauges.Select(gauge => new Series(gauge)).ToList();

    /// <summary>How often every gauge was read.</summary>
    public int Samples { get; private set; }

    /// <summary>Reads every gauge once more.</summary>
    public void Take()
    {
        Samples++;
        ProcessGauges.LetGo();
        _series.ForEach(series => series.Take());
    }

    /// <summary>Writes the table.</summary>
    /// <returns>Whether all that is judged is flat.</returns>
    public bool Write(TextWriter output, int rounds)
    {
        bool flat = true;
        output.WriteLine("| | second quarter | last quarter | highest | at most | |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (Series series in _series)
        {
            bool isJudged = rounds >= RoundsOfLongRun || !series.Gauge.NeedsLongRun;
            flat &= !isJudged || series.IsFlat;
            string verdict = !isJudged ? "not judged" : series.IsFlat ? "flat" : "**grows**";
            output.WriteLine(FormattableString.Invariant(
                $"| {series.Gauge.Name} | {series.Second:0.#} | {series.Last:0.#} | {series.Highest:0.#} | {series.Gauge.Most(series.Second):0.#} | {verdict} |"));
        }

        return flat;
    }
}
