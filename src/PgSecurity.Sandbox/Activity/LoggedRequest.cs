using System;

namespace PgSecurity.Sandbox.Activity;

/// <summary>One request that the activity log has events of.</summary>
/// <param name="ResourceId">The resource that it was about.</param>
/// <param name="Operation">The operation, as role definitions name it.</param>
/// <param name="Caller">Who made it.</param>
/// <param name="CorrelationId">The id that it came with.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="HttpStatus">What it was answered with.</param>
/// <param name="At">When it came, UTC.</param>
/// <param name="State">Where it stands: <c>InProgress</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Canceled</c>, and since when.</param>
internal sealed record LoggedRequest(
    string ResourceId,
    string Operation,
    string Caller,
    string CorrelationId,
    string Method,
    int HttpStatus,
    DateTimeOffset At,
    Func<(string Status, DateTimeOffset At)> State);
