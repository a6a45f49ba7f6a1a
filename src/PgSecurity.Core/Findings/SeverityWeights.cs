namespace PgSecurity.Core.Findings;

/// <summary>
/// What a finding weighs in the score: one that exposes data to anybody as much as three or four that weaken the server
/// when something else fails too.
/// </summary>
public static class SeverityWeights
{
    /// <summary>The weight of a severity.</summary>
    public static int Of(Severity severity) => severity switch
    {
        Severity.Critical => 10,
        Severity.High => 6,
        Severity.Medium => 3,
        Severity.Low => 1,
        _ => 0,
    };
}
