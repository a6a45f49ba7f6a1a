namespace PgSecurity.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">What came out, in words with units.</param>
/// <param name="Target">What it should be.</param>
/// <param name="IsMet">Whether it is; null where there is no target, or it could not be measured.</param>
internal sealed record Figure(string What, string Measured, string Target, bool? IsMet);
