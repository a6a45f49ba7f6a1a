using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes a benchmark's name with its version.</summary>
public sealed class BenchmarkCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed) =>
        state.Library.Catalog.Controls
            .SelectMany(control => control.Benchmarks)
            .GroupBy(reference => $"{reference.Benchmark} {reference.Version}")
            .OrderBy(benchmark => benchmark.Key, StringComparer.Ordinal)
            .Select(benchmark => new KeyValuePair<string, string>(
                benchmark.Key, $"{benchmark.Select(reference => reference.Number).Distinct().Count()} recommendations"));
}
