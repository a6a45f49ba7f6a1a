namespace PgSecurity.Sandbox.Throttling;

/// <summary>A bucket of requests that fills again with time.</summary>
/// <param name="Size">How many requests it holds when full. 1 or more.</param>
/// <param name="PerSecond">How many requests a second it gains. More than 0.</param>
public sealed record Bucket(int Size, double PerSecond);

/// <summary>The buckets of a subscription, and the quota of Resource Graph, which is the user's.</summary>
/// <param name="Reads">GET and HEAD.</param>
/// <param name="Writes">PUT, PATCH and POST.</param>
/// <param name="Deletes">DELETE.</param>
/// <param name="Queries">Resource Graph queries.</param>
public sealed record ThrottleLimits(Bucket Reads, Bucket Writes, Bucket Deletes, Bucket Queries)
{
    /// <summary>Too large to be met by one client: the headers count down, and nothing is refused.</summary>
    public static ThrottleLimits Generous { get; } = new(
        new Bucket(1_000_000, 100_000), new Bucket(1_000_000, 100_000), new Bucket(1_000_000, 100_000), new Bucket(100_000, 10_000));

    /// <summary>
    /// ARM's documented buckets for one subscription and principal (250 reads, 25 more a second; 200 writes or deletes,
    /// 10 more a second), and Resource Graph's 15 queries in 5 seconds.
    /// </summary>
    public static ThrottleLimits Documented { get; } = new(
        new Bucket(250, 25), new Bucket(200, 10), new Bucket(200, 10), new Bucket(15, 3));
}
