using System;
using System.Collections.Generic;

namespace PgSecurity.Database.Masking;

/// <summary>Where the data are that a masking data wrapper shows, and under which names it shows them.</summary>
public sealed class DataWrapperOptions
{
    /// <summary>The name of the foreign server, and of what is made for it.</summary>
    public required string Name { get; init; }

    /// <summary>The host with the data, as the database's server resolves it.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Its database.</summary>
    public required string Database { get; init; }

    /// <summary>The schema there whose tables are shown.</summary>
    public required string ForeignSchema { get; init; }

    /// <summary>The role there, which should have no more than SELECT on these tables.</summary>
    public required string UserName { get; init; }

    /// <summary>Its password. It goes into the user mapping, which only superusers and its owner's server can read, and nowhere else.</summary>
    public required string Password { get; init; }

    /// <summary>The tables; none for all that the plan names.</summary>
    public IReadOnlyList<string> Tables { get; init; } = Array.Empty<string>();

    /// <summary>The schema of the masking views.</summary>
    public string ViewSchema { get; init; } = "mask";

    /// <summary>Roles that may read the views.</summary>
    public IReadOnlyList<string> Readers { get; init; } = Array.Empty<string>();

    /// <summary>How the database's server checks the other: <c>verify-full</c>, <c>verify-ca</c> or <c>require</c>.</summary>
    public string SslMode { get; init; } = "verify-full";

    /// <summary>A file of roots on the database's server; null for its default.</summary>
    public string? RootCertificate { get; init; }

    /// <summary>The schema of the foreign tables themselves, on which nobody but their owner has rights.</summary>
    internal string RawSchema => Name + "_raw";
}
