using System;
using System.Text.Json;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// A write that the service reports as done. It is not evidence of its effect: some versions report success for what
/// they did not do, so read the resource back.
/// </summary>
public sealed class ArmWriteResult
{
    internal ArmWriteResult(int status, JsonElement body)
    {
        Status = status;
        Body = body;
    }

    /// <summary>The HTTP status of the first answer: 200, 201, 202 or 204.</summary>
    public int Status { get; }

    /// <summary>The body of the last answer; undefined where it had none. After an operation it need not be the resource.</summary>
    public JsonElement Body { get; }

    /// <summary>The operation's id; null for a write that was done at once.</summary>
    public string? OperationId { get; internal set; }

    /// <summary>Whether the operation was begun and not followed.</summary>
    public bool IsUnderWay { get; internal set; }

    /// <summary>How many polls the operation took.</summary>
    public int Polls { get; internal set; }

    /// <summary>How long the operation took, as the client saw it.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>The service's id of the first request.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The id that all requests of this connection share.</summary>
    public string? CorrelationId { get; internal set; }
}
