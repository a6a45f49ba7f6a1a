using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Controls;

/// <summary>The benchmarks that controls may answer, with their versions, spelled once.</summary>
public static class BenchmarkNames
{
    private static readonly Dictionary<string, string[]> Versions = new(StringComparer.Ordinal)
    {
        ["CIS Azure Database Services"] = new[] { "2.0.0" },
        ["CIS Azure Foundations"] = new[] { "3.0.0" },
        ["CIS PostgreSQL"] = new[] { "16", "17" },
        ["MCSB"] = new[] { "v1", "v2" },
        ["NIST SP 800-53"] = new[] { "r5" },
        ["ISO/IEC 27001"] = new[] { "2022" },
        ["PCI DSS"] = new[] { "4.0.1" },
    };

    /// <summary>The names.</summary>
    public static IReadOnlyCollection<string> All => Versions.Keys;

    /// <summary>The versions of a benchmark; none where there is no such benchmark.</summary>
    public static IReadOnlyList<string> VersionsOf(string benchmark) =>
        Versions.TryGetValue(benchmark, out string[]? versions) ? versions : Array.Empty<string>();

    /// <summary>Reads one mapping of a control.</summary>
    internal static BenchmarkReference Read(JsonAt mapping)
    {
        mapping.Allow("benchmark", "version", "number", "mapping");
        string benchmark = mapping.OneOf("benchmark", All.ToList());
        string version = mapping.OneOf("version", VersionsOf(benchmark));
        return new BenchmarkReference(
            benchmark, version, mapping.Text("number"), mapping.OneOf("mapping", new[] { "official", "analogy" }) == "official");
    }
}
