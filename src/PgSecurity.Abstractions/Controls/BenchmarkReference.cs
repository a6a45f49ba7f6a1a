namespace PgSecurity;

/// <summary>A recommendation of a benchmark that a control answers.</summary>
public sealed class BenchmarkReference
{
    /// <summary>Makes a reference.</summary>
    public BenchmarkReference(string benchmark, string version, string number, bool isOfficial)
    {
        Benchmark = benchmark;
        Version = version;
        Number = number;
        IsOfficial = isOfficial;
    }

    /// <summary>The benchmark's name, such as <c>CIS Azure Database Services</c>.</summary>
    public string Benchmark { get; }

    /// <summary>The benchmark's version, such as <c>2.0.0</c>.</summary>
    public string Version { get; }

    /// <summary>The recommendation's number, such as <c>6.10</c>.</summary>
    public string Number { get; }

    /// <summary>True where Microsoft or the benchmark's owner states it for flexible servers; false where it is by analogy.</summary>
    public bool IsOfficial { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Benchmark} {Version} {Number}{(IsOfficial ? "" : " (by analogy)")}";
}
