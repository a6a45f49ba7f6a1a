namespace PgSecurity.Database.Masking;

/// <summary>Where a database is and who reads it. The password may be an Entra access token; it is never put out.</summary>
public sealed class DatabaseAddress
{
    /// <summary>The host name, as the certificate has it.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The role.</summary>
    public required string UserName { get; init; }

    /// <summary>Its password or token.</summary>
    public required string Password { get; init; }

    /// <summary>A PEM file of the roots to trust; null for those of the system.</summary>
    public string? RootCertificate { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Host}/{Database}";
}
