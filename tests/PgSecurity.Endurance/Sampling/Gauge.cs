using System;

namespace PgSecurity.Endurance.Sampling;

/// <summary>One thing that must not grow, and by how much it may differ all the same.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Share">What it may be more, as a share of what it was.</param>
/// <param name="Amount">What it may be more on top, in its own unit.</param>
/// <param name="NeedsLongRun">Whether a short run says nothing of it: in the first rounds code is compiled, threads are started, and caches and the pool of connections fill.</param>
/// <param name="Read">Reads it.</param>
internal sealed record Gauge(string Name, double Share, double Amount, bool NeedsLongRun, Func<double> Read)
{
    /// <summary>The most that the last quarter may have where the second had <paramref name="earlier"/>.</summary>
    public double Most(double earlier) => (earlier * (1 + Share)) + Amount;
}
