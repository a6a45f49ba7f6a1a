namespace PgSecurity;

/// <summary>What a check of a connection came to. Five different words: none of them is ever read as another.</summary>
public enum TlsOutcome
{
    /// <summary>What is checked does not hold.</summary>
    Fail,

    /// <summary>It could not be told, and why is said. Never counted as passed.</summary>
    Unknown,

    /// <summary>What is checked holds.</summary>
    Pass,

    /// <summary>It cannot hold here, such as protection against a fallback where only one version is spoken.</summary>
    NotApplicable,

    /// <summary>This client cannot try it, or was asked not to. It says nothing about the server.</summary>
    NotTested,
}
