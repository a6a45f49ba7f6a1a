namespace PgSecurity;

/// <summary>What a control came to on one server. Five different words: none of them is ever read as another.</summary>
public enum Outcome
{
    /// <summary>The server does not meet the control.</summary>
    Fail,

    /// <summary>It could not be told; <see cref="Finding.Reason"/> says why. Never counted as passed.</summary>
    Unknown,

    /// <summary>The server meets the control.</summary>
    Pass,

    /// <summary>The control cannot hold for this version, tier, role or network mode; <see cref="Finding.Reason"/> says why.</summary>
    NotApplicable,

    /// <summary>The control is set aside for this server by an exemption with a reason, an owner and an expiry date.</summary>
    Exempt,
}
