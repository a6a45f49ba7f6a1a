namespace PgSecurity.Azure.Arm;

/// <summary>Whether the whole request is worth making again.</summary>
public enum ArmRetry
{
    /// <summary>Never with the same content: a value, a permission or a property of the server stands against it.</summary>
    Never,

    /// <summary>Not before something outside has changed: a stopped server, a lock.</summary>
    NotNow,

    /// <summary>Soon: throttled, busy, not ready, a failure of the service or of the network.</summary>
    Transient,
}
