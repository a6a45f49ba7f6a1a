namespace PgSecurity.Core.Reports;

/// <summary>An outcome in a word or two, for people.</summary>
internal static class OutcomeWords
{
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Fail => "failed",
        Outcome.Unknown => "unknown",
        Outcome.Pass => "passed",
        Outcome.NotApplicable => "not applicable",
        _ => "exempt",
    };
}
