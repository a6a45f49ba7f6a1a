namespace PgSecurity.Core.Remediation.Service;

/// <summary>What the service said of a write that it reports as done.</summary>
/// <param name="RequestId">The service's id of the request, or null.</param>
/// <param name="OperationId">The id of the long-running operation, or null where the answer came at once.</param>
public sealed record WriteReceipt(string? RequestId, string? OperationId)
{
    /// <summary>Whether the operation still runs.</summary>
    public bool IsUnderWay { get; init; }
}
