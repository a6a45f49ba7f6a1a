using System;

namespace PgSecurity;

/// <summary>A successful write on a resource, as Azure's activity log has it.</summary>
public sealed class SecurityActivity
{
    /// <summary>Who made it: a user's sign-in name, or the id of an application or managed identity. Personal data. Empty where the log names nobody.</summary>
    public required string Caller { get; init; }

    /// <summary>When it succeeded, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The operation, as role definitions name it, such as <c>Microsoft.DBforPostgreSQL/flexibleServers/configurations/write</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The resource that was written to.</summary>
    public required string ResourceId { get; init; }

    /// <summary>What all events of the same request, or deployment, have in common; for a look into the log itself.</summary>
    public string CorrelationId { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z {(Caller.Length > 0 ? Caller : "(nobody named)")} {Operation}");
}
