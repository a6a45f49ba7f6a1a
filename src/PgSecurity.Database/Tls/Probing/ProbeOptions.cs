using System;
using System.Collections.Generic;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>How to ask.</summary>
public sealed record ProbeOptions
{
    /// <summary>The limit of each connection and of each download.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The limit of all that is asked of one server; what is not reached by then is unknown.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Files with the roots to trust, PEM or DER; none for Azure's roots, or this machine's for a server outside Azure.</summary>
    public IReadOnlyList<string> RootFiles { get; init; } = Array.Empty<string>();

    /// <summary>Whether revocation is looked up, and certificates that were not sent, where the certificates say.</summary>
    public bool Downloads { get; init; } = true;

    /// <summary>Whether a log-in is begun (and not finished) to see what the server asks for; the server logs it.</summary>
    public bool BeginsLogIn { get; init; } = true;

    /// <summary>The role that the log-in names. It need not exist.</summary>
    public string UserName { get; init; } = "pgsecurity_probe";

    /// <summary>The database that the log-in names. It need not exist.</summary>
    public string Database { get; init; } = "postgres";

    /// <summary>The connections to one server at a time.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>The time that periods of use are judged at.</summary>
    public Func<DateTimeOffset> Now { get; init; } = () => DateTimeOffset.UtcNow;
}
