using System;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Benchmarks;

/// <summary>How the figures are taken.</summary>
/// <param name="IsQuick">Whether sizes are a tenth: to see that all runs, not for the table.</param>
/// <param name="Writes">Whether the table in docs/performance.md is written.</param>
/// <param name="PowerShell">The PowerShell that imports the module.</param>
/// <param name="Only">The groups that are run; none for all.</param>
/// <param name="Limit">After so long no further group is begun.</param>
internal sealed record FigureOptions(bool IsQuick, bool Writes, string PowerShell, string[] Only, TimeSpan Limit)
{
    private const double UsualMinutes = 8;

    /// <summary>Reads the command line: <c>figures [--quick] [--write] [--pwsh path] [--only group,…] [--minutes number]</c>.</summary>
    public static FigureOptions Parse(string[] arguments) => new(
        arguments.Contains("--quick", StringComparer.Ordinal),
        arguments.Contains("--write", StringComparer.Ordinal),
        After(arguments, "--pwsh") ?? "pwsh",
        (After(arguments, "--only") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
        TimeSpan.FromMinutes(After(arguments, "--minutes") is string minutes ? double.Parse(minutes, CultureInfo.InvariantCulture) : UsualMinutes));

    /// <summary>A size, or its tenth.</summary>
    public int Size(int whole) => IsQuick ? Math.Max(1, whole / 10) : whole;

    private static string? After(string[] arguments, string name)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
