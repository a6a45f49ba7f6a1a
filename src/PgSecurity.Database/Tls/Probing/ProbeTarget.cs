namespace PgSecurity.Database.Tls.Probing;

/// <summary>Whom to ask.</summary>
public sealed record ProbeTarget
{
    /// <summary>The name or address to connect to.</summary>
    public string HostName { get; init; } = "";

    /// <summary>The port.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>The name that the certificate must be for and that SNI carries; the host name where it is empty.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The ARM id; empty where it is not known.</summary>
    public string ResourceId { get; init; } = "";

    /// <summary>The name that the certificate must be for.</summary>
    public string ExpectedName => ServerName.Length == 0 ? HostName : ServerName;
}
