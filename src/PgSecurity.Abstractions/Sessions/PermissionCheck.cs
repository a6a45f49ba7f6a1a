using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>Whether the identity has an action that the controls, or the changes, asked for need.</summary>
public sealed class PermissionCheck
{
    /// <summary>The scope that was looked at: a subscription or a server.</summary>
    public string Scope { get; init; } = string.Empty;

    /// <summary>The action, as role definitions name it.</summary>
    public string Action { get; init; } = string.Empty;

    /// <summary>Whether it has the action: true, false, or null where it could not be told.</summary>
    public bool? IsAllowed { get; init; }

    /// <summary>What the action is for: the controls that cannot be told without it.</summary>
    public IReadOnlyList<string> Controls { get; init; } = Array.Empty<string>();

    /// <summary>What the action is for where no control needs it, such as reading who changed what; else empty.</summary>
    public string Purpose { get; init; } = string.Empty;

    /// <summary>Why it could not be told; empty where it could.</summary>
    public string Reason { get; init; } = string.Empty;
}
