namespace PgSecurity;

/// <summary>How far a change can be taken back.</summary>
public enum ChangeClass
{
    /// <summary>The old value can be put back at any time.</summary>
    Reversible,

    /// <summary>It can be put back, and takes effect with a restart.</summary>
    WithRestart,

    /// <summary>Putting it back needs a secret, such as a new password.</summary>
    WithSecret,

    /// <summary>It cannot be taken back.</summary>
    OneWay,
}
