using System;

namespace PgSecurity.Core.Remediation.Undo;

/// <summary>How changes are taken back.</summary>
public sealed record UndoOptions
{
    /// <summary>Whether a value that somebody changed since is overwritten too.</summary>
    public bool Force { get; init; }

    /// <summary>Gives the new password of the server's login, for passwords that are turned on again; null where there is none.</summary>
    public Func<string>? Password { get; init; }
}
