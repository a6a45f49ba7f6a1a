namespace PgSecurity.Core.Remediation;

/// <summary>How far a change can be taken back.</summary>
public enum RemediationClass
{
    /// <summary>The old value can be put back at any time.</summary>
    Reversible,

    /// <summary>It can be put back, and takes effect with a restart.</summary>
    Restart,

    /// <summary>Putting it back needs a secret, such as a new password.</summary>
    Secret,

    /// <summary>It cannot be taken back.</summary>
    OneWay,
}
