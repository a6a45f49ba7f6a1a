namespace PgSecurity;

/// <summary>What a change came to.</summary>
public enum ChangeStatus
{
    /// <summary>It was made, and the value read back is the one wanted.</summary>
    Changed,

    /// <summary>The value was the one wanted already: no request was sent.</summary>
    AlreadyCompliant,

    /// <summary>It was not tried, and the reason says why: a guard, a missing parameter, a step before it that failed.</summary>
    Skipped,

    /// <summary>It was tried and the value is not the one wanted, or that cannot be told.</summary>
    Failed,

    /// <summary>It was made and is in force after the server's next restart.</summary>
    RestartRequired,

    /// <summary>Its result is not known: a run ended before it, or <c>-NoWait</c> was given; <c>Get-PgSecurityChange -InDoubt</c> settles it.</summary>
    InDoubt,
}
