using System;
using System.Globalization;

namespace PgSecurity.Endurance;

/// <summary>How long a run is.</summary>
/// <param name="Duration">How long rounds are begun; null where they are counted.</param>
/// <param name="Rounds">How many rounds there are; null where time counts.</param>
/// <param name="Seed">The seed that the rounds' order and the moments of their ends are drawn with.</param>
/// <param name="Only">The one kind of round that is run, to find out which one it is that lets something grow; null for all.</param>
internal sealed record EnduranceOptions(TimeSpan? Duration, int? Rounds, int Seed, string? Only = null)
{
    /// <summary>The rounds of a run that is told nothing: each kind at least once.</summary>
    private const int FewRounds = 24;

    /// <summary>Reads the command line: <c>[--minutes n] [--rounds n] [--seed n] [--only "name of a round"]</c>.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="minutes">The minutes where the command line does not say.</param>
    /// <exception cref="FormatException">An option is unknown, or its value is no whole number above zero.</exception>
    public static EnduranceOptions Parse(string[] arguments, string? minutes)
    {
        EnduranceOptions options = new(minutes is null ? null : TimeSpan.FromMinutes(Number("PGSECURITY_ENDURANCE_MINUTES", minutes)), null, 1);
        for (int at = 0; at < arguments.Length; at += 2)
        {
            string text = at + 1 < arguments.Length ? arguments[at + 1] : "";
            options = arguments[at] switch
            {
                "--minutes" => options with { Duration = TimeSpan.FromMinutes(Number(arguments[at], text)) },
                "--rounds" => options with { Rounds = Number(arguments[at], text), Duration = null },
                "--seed" => options with { Seed = Number(arguments[at], text) },
                "--only" => options with { Only = text },
                _ => throw new FormatException($"'{arguments[at]}' is no option. There are --minutes, --rounds, --seed and --only."),
            };
        }

        return options.Duration is null && options.Rounds is null ? options with { Rounds = FewRounds } : options;
    }

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw new FormatException($"{name} needs a whole number above zero, not '{text}'.");
}
