namespace PgSecurity.Core.Remediation.Service;

/// <summary>Whether a whole write is worth making again.</summary>
public enum RetryClass
{
    /// <summary>Never with the same content.</summary>
    Never,

    /// <summary>Not before something outside has changed: a stopped server, a lock.</summary>
    NotNow,

    /// <summary>Soon: throttled, busy, not ready, a failure of the service or of the network.</summary>
    Transient,

    /// <summary>In some minutes: administrators are refused for a while after a change of the authentication.</summary>
    Minutes,
}
