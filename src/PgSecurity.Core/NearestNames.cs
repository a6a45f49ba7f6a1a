using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core;

/// <summary>What somebody may have meant who wrote a name that there is not.</summary>
public static class NearestNames
{
    /// <summary>A name longer than this is not compared by distance: nobody mistypes that far.</summary>
    private const int LongestCompared = 128;

    /// <summary>The nearest of the valid names, best first, as far as they are near at all.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> valid, int count = 3) =>
        valid.Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, name.Length / 2))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => pair.candidate)
            .ToList();

    /// <summary>A sentence of advice: <c>Did you mean 'a' or 'b'?</c>, or the given text where none is near.</summary>
    public static string Advice(string name, IReadOnlyCollection<string> valid, string otherwise)
    {
        IReadOnlyList<string> near = Of(name, valid);
        return near.Count == 0 ? otherwise : $"Did you mean {string.Join(" or ", near.Select(candidate => $"'{candidate}'"))}?";
    }

    private static int Distance(string left, string right)
    {
        if (left.Length > LongestCompared || right.Length > LongestCompared) return int.MaxValue;
        if (left.Length > 2 && right.IndexOf(left, StringComparison.OrdinalIgnoreCase) >= 0) return 1;

        int[] previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (int i = 1; i <= left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
