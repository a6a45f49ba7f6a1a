using System;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Sql;

/// <summary>A login that is good for several servers: the same role on each.</summary>
public sealed class DatabaseLogin
{
    /// <summary>The role; for an Entra principal its name in the server.</summary>
    public required string UserName { get; init; }

    /// <summary>Gives the password or token for a host, as <see cref="DatabaseTarget.Password"/> does; may refuse a host.</summary>
    public required Func<string, CancellationToken, Task<string>> Password { get; init; }

    /// <summary>A PEM file of the roots to trust; null for those of the operating system.</summary>
    public string? RootCertificates { get; init; }

    /// <summary>The port of servers whose id does not say theirs.</summary>
    public int Port { get; init; } = DatabaseTarget.DefaultPort;

    /// <summary>The login at a server.</summary>
    public DatabaseTarget At(string host, int port) =>
        new() { Host = host, Port = port, UserName = UserName, Password = stop => Password(host, stop), RootCertificates = RootCertificates };
}
