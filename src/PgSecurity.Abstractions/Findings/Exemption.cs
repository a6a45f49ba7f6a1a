using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>Controls set aside for a scope, with a reason, an owner and an end.</summary>
public sealed class Exemption
{
    /// <summary>A name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The ARM id of a server, a resource group or a subscription, or a pattern of one with <c>*</c> and <c>?</c>.</summary>
    public required string Scope { get; init; }

    /// <summary>The ids of the controls, with wildcards.</summary>
    public required IReadOnlyList<string> Controls { get; init; }

    /// <summary>Why the risk is taken.</summary>
    public required string Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>The first moment at which it no longer holds; a date in a file is good to its end, in UTC.</summary>
    public required DateTimeOffset ExpiresOn { get; init; }

    /// <summary>The moment from which it holds; null where it holds from ever, as of a file that does not say when it was made.</summary>
    public DateTimeOffset? CreatedOn { get; init; }

    /// <summary>The file it is from.</summary>
    public string Source { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({string.Join(", ", Controls)})";
}
