using System;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Sql;

/// <summary>A PostgreSQL server and who logs in to it. TLS with full verification is not a choice.</summary>
public sealed class DatabaseTarget
{
    /// <summary>The port of PostgreSQL. PgBouncer's (6432) may refuse the settings of the session.</summary>
    public const int DefaultPort = 5432;

    /// <summary>The name or address, which the server's certificate must bear.</summary>
    public required string Host { get; init; }

    /// <summary>The port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The role; for an Entra principal its name in the server.</summary>
    public required string UserName { get; init; }

    /// <summary>
    /// Gives the password, or an Entra token for <c>https://ossrdbms-aad.database.windows.net/.default</c> (or the cloud's
    /// own). Asked for at every connection, since tokens end; kept nowhere.
    /// </summary>
    public required Func<CancellationToken, Task<string>> Password { get; init; }

    /// <summary>A PEM file of the roots to trust; null for those of the operating system.</summary>
    public string? RootCertificates { get; init; }

    /// <summary>How long to wait for a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one statement may take.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait for a lock.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Host and port; no secret.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
