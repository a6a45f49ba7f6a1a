namespace PgSecurity.Shell;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>The pipeline ran to its end.</summary>
    public const int Success = 0;

    /// <summary>A terminating error; with <c>-FailOn</c> also an error that leaves something unchecked.</summary>
    public const int Error = 1;

    /// <summary>A finding in the output failed with the severity of <c>-FailOn</c> or a greater one.</summary>
    public const int FailOnMet = 2;
}
