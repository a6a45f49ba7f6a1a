namespace PgSecurity.Core.Reports;

/// <summary>A severity in the words of SARIF and of the code scanning that reads it.</summary>
internal static class SeveritySarif
{
    public static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    /// <summary>
    /// GitHub's scale: over 9.0 is critical, from 7.0 high, from 4.0 medium, below that low. Nothing for what is only
    /// worth knowing.
    /// </summary>
    public static string? Number(Severity severity) => severity switch
    {
        Severity.Critical => "9.5",
        Severity.High => "8.0",
        Severity.Medium => "5.5",
        Severity.Low => "3.0",
        _ => null,
    };
}
