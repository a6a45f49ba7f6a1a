namespace PgSecurity.Core.Remediation.Guards;

/// <summary>The consents there are; each is the switch <c>-Allow…</c> of its name.</summary>
public enum Consent
{
    /// <summary>The server restarts.</summary>
    Restart,

    /// <summary>Clients may lose their connection or their way in.</summary>
    ConnectivityLoss,

    /// <summary>It costs money.</summary>
    Cost,

    /// <summary>Recovery points are dropped.</summary>
    RecoveryPointLoss,

    /// <summary>It cannot be taken back.</summary>
    OneWay,
}
