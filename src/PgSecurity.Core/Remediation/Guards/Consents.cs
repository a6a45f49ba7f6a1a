namespace PgSecurity.Core.Remediation.Guards;

/// <summary>What a user agreed to beforehand. Nothing is asked while a run is under way.</summary>
public sealed record Consents
{
    /// <summary>Nothing.</summary>
    public static Consents None { get; } = new();

    /// <summary>Servers may be restarted, each once.</summary>
    public bool Restart { get; init; }

    /// <summary>Clients may lose their connection or their way in.</summary>
    public bool ConnectivityLoss { get; init; }

    /// <summary>What costs money may be turned on.</summary>
    public bool Cost { get; init; }

    /// <summary>Recovery points may be dropped.</summary>
    public bool RecoveryPointLoss { get; init; }

    /// <summary>What cannot be taken back may be done.</summary>
    public bool OneWay { get; init; }

    /// <summary>Whether one of them was given.</summary>
    public bool Gives(Consent consent) => consent switch
    {
        Consent.Restart => Restart,
        Consent.ConnectivityLoss => ConnectivityLoss,
        Consent.Cost => Cost,
        Consent.RecoveryPointLoss => RecoveryPointLoss,
        _ => OneWay,
    };
}
