using System;
using System.Collections.Generic;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// The service's error codes that tell whether a request is worth making again, from recorded traffic and from the
/// issues of the tools that met them.
/// </summary>
internal static class ArmFaultCodes
{
    private static readonly HashSet<string> Busy = new(StringComparer.OrdinalIgnoreCase)
    {
        "ServerBusy", "ServerIsBusy", "ProvisioningServerBusy", "ServerIsNotReady",
        "AnotherOperationInProgress", "OperationInProgress", "ConflictingServerOperation",
    };

    private static readonly HashSet<string> Transient = new(StringComparer.OrdinalIgnoreCase)
    {
        "InternalServerError", "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible",
        "VirtualEndpointOwnerServerNotInReadyState", "ServerTimeout", "RetryableError", "ResourceGroupBeingUpdated",
        "TooManyRequests", "SubscriptionRequestsThrottled",
    };

    private static readonly HashSet<string> NotNow = new(StringComparer.OrdinalIgnoreCase)
    {
        "ServerStoppedError", "ServerNotReadyForOperation", "ScopeLocked", "ReadOnlyDisabledSubscription",
    };

    /// <summary>
    /// Whether a 404 says that the resource is not there. One of a proxy, of a provider that does not know the path, or of
    /// a subscription that the identity does not see says nothing of the resource.
    /// </summary>
    internal static bool SaysAbsent(string code) =>
        (code.EndsWith("NotFound", StringComparison.OrdinalIgnoreCase)
            || code.EndsWith("DoesNotExist", StringComparison.OrdinalIgnoreCase)
            || code.EndsWith("NotExists", StringComparison.OrdinalIgnoreCase))
        && !code.StartsWith("Subscription", StringComparison.OrdinalIgnoreCase)
        && !code.StartsWith("Tenant", StringComparison.OrdinalIgnoreCase);

    internal static ArmRetry Classify(ArmFaultKind kind, int status, string code, string message)
    {
        if (Transient.Contains(code) || IsBusy(code, message)) return ArmRetry.Transient;
        if (NotNow.Contains(code)) return ArmRetry.NotNow;
        return kind switch
        {
            ArmFaultKind.Throttled or ArmFaultKind.Service or ArmFaultKind.Network or ArmFaultKind.Dns
                or ArmFaultKind.Timeout or ArmFaultKind.Malformed => ArmRetry.Transient,
            ArmFaultKind.OperationCanceled => ArmRetry.Transient,
            ArmFaultKind.Conflict when status == 409 && code.Length == 0 => ArmRetry.Transient,
            _ => ArmRetry.Never,
        };
    }

    /// <summary>Whether another write on the server stood in the way, so that this one did nothing.</summary>
    internal static bool IsBusy(string code, string message) => Busy.Contains(code) || IsBusyText(message);

    // An operation on a busy server also fails with an empty code and only this text.
    private static bool IsBusyText(string message) =>
        message.IndexOf("is busy with other operations", StringComparison.OrdinalIgnoreCase) >= 0
        || message.IndexOf("is busy processing", StringComparison.OrdinalIgnoreCase) >= 0;
}
