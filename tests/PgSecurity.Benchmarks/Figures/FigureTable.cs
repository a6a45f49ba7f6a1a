using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;

namespace PgSecurity.Benchmarks;

/// <summary>Takes all figures, prints them as a table and, if asked, puts it into docs/performance.md.</summary>
internal static class FigureTable
{
    private const string Begin = "<!-- figures: written by tests/PgSecurity.Benchmarks -->";
    private const string End = "<!-- end of figures -->";

    public static async Task<int> RunAsync(FigureOptions options)
    {
        (string Name, Func<Task<IReadOnlyList<Figure>>> Take)[] groups =
        [
            ("snapshot", () => Task.FromResult(SnapshotFigures.Take(options))),
            ("control", () => Task.FromResult(ControlFigures.Take(options))),
            ("memory", () => Task.FromResult(MemoryFigures.Take(options))),
            ("module", () => Task.FromResult(ModuleFigures.Take(options))),
            ("live", () => LiveFigures.TakeAsync(options)),
            ("repair", () => RepairFigures.TakeAsync(options)),
            ("growth", () => Task.FromResult(GrowthFigures.Take(options))),
        ];
        List<Figure> figures = new();
        OtherPrograms others = new();
        Stopwatch time = Stopwatch.StartNew();
        foreach ((string name, Func<Task<IReadOnlyList<Figure>>> take) in groups)
        {
            if (options.Only.Length > 0 && !options.Only.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            if (time.Elapsed > options.Limit)
            {
                figures.Add(new Figure($"The figures of {name}", FormattableString.Invariant($"not taken: {options.Limit.TotalMinutes:0.#} minutes were over"), "", null));
                continue;
            }

            Console.Error.WriteLine($"{name} …");
            foreach (Figure figure in await take())
            {
                figures.Add(figure);
                Console.WriteLine(Row(figure));
            }

            Console.Error.WriteLine(FormattableString.Invariant($"{name}: {time.Elapsed.TotalSeconds:f0} s"));
        }

        if (options.Writes) Write(figures, Header(options, time.Elapsed, others.Share()));
        return 0;
    }

    private static string Row(Figure figure) =>
        $"| {figure.What} | {figure.Measured} | {figure.Target} | {figure.IsMet switch { true => "yes", false => "no", null => "" }} |";

    private static string Header(FigureOptions options, TimeSpan took, double? others)
    {
        StringBuilder header = new();
        header.Append(CultureInfo.InvariantCulture, $"Taken on {DateTime.UtcNow:d MMMM yyyy} in {took.TotalMinutes:0.#} minutes on {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}");
        if (options.IsQuick) header.Append(", with a tenth of each size");
        if (others is double share) header.Append(CultureInfo.InvariantCulture, $"; meanwhile other programs took {share * 100:0} % of the processor");
        return header.Append('.').ToString();
    }

    private static void Write(List<Figure> figures, string header)
    {
        StringBuilder table = new();
        table.Append(Begin).Append("\n\n").Append(header).Append("\n\n");
        table.Append("| what | measured | target | met |\n|---|---|---|---|\n");
        foreach (Figure figure in figures)
        {
            table.Append(Row(figure)).Append('\n');
        }

        table.Append('\n').Append(End);
        string page = Path.Combine(Repository.Root, "docs", "performance.md");
        string text = File.ReadAllText(page);
        int from = text.IndexOf(Begin, StringComparison.Ordinal);
        int to = text.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(page, string.Concat(text.AsSpan(0, from), table.ToString(), text.AsSpan(to + End.Length)));
    }
}
