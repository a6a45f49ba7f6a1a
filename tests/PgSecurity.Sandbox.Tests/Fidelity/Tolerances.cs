using System;
using System.Collections.Generic;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>A difference that is allowed, and why.</summary>
/// <param name="Why">Why it does no harm.</param>
/// <param name="Holds">Whether it covers a difference of an exchange.</param>
internal sealed record Tolerance(string Why, Func<RecordedExchange, string, bool> Holds);

/// <summary>
/// The differences between the sandbox and recorded traffic that are tolerated, all of them. The list gets shorter, not
/// longer.
/// </summary>
internal static class Tolerances
{
    internal static readonly IReadOnlyList<Tolerance> All = new Tolerance[]
    {
    };
}
