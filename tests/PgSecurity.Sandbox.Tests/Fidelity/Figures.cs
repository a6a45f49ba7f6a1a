using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>Counts what replays showed.</summary>
internal sealed class Figures
{
    private readonly Dictionary<string, int> _tolerated = new(StringComparer.Ordinal);

    internal int Replayed { get; private set; }

    internal int Matching { get; private set; }

    internal int MatchingFromSeed { get; private set; }

    internal int Tolerated { get; private set; }

    internal int NotReplayed { get; set; }

    internal List<string> Wrong { get; } = new();

    internal void Add(string session, ReplayResult result)
    {
        Replayed++;
        List<string> open = new();
        foreach (string difference in result.Differences)
        {
            Tolerance? tolerance = Tolerances.All.FirstOrDefault(candidate => candidate.Holds(result.Recorded, difference));
            if (tolerance is null) open.Add(difference);
            else _tolerated[tolerance.Why] = _tolerated.TryGetValue(tolerance.Why, out int count) ? count + 1 : 1;
        }

        if (open.Count > 0)
        {
            Wrong.Add($"{session} #{result.Recorded.Number} {result.Recorded.Method} {result.Recorded.Path.Text} ({result.Recorded.ApiVersion}): {string.Join("; ", open)}");
        }
        else if (result.Differences.Count > 0)
        {
            Tolerated++;
        }
        else
        {
            Matching++;
            if (result.IsSeeded) MatchingFromSeed++;
        }
    }

    internal IEnumerable<string> Report()
    {
        yield return $"requests replayed {Replayed}, matching {Matching} (of which {MatchingFromSeed} read what the session found), tolerated {Tolerated}, wrong {Wrong.Count}; not about what the sandbox answers {NotReplayed}";
        foreach ((string why, int count) in _tolerated.OrderByDescending(pair => pair.Value)) yield return $"  tolerated {count}: {why}";
        foreach (string wrong in Wrong.Take(400)) yield return "  wrong " + (wrong.Length > 700 ? wrong.Substring(0, 700) : wrong);
    }
}
