using System;
using System.Text;

namespace PgSecurity.Azure.Arm;

/// <summary>Why a request, or the long-running operation that it began, did not succeed. Holds no secret.</summary>
public sealed class ArmFault
{
    internal ArmFault(ArmFaultKind kind, string method, string path, string message)
    {
        Kind = kind;
        Method = method;
        Path = path;
        Message = message;
    }

    /// <summary>What kind of thing went wrong.</summary>
    public ArmFaultKind Kind { get; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path without its query, which may be signed.</summary>
    public string Path { get; }

    /// <summary>What the service, or the network, said.</summary>
    public string Message { get; }

    /// <summary>The HTTP status; 0 where no answer came. A failed operation has the status of its poll.</summary>
    public int Status { get; internal set; }

    /// <summary>The service's error code, such as <c>ServerIsBusy</c>; empty where it gave none.</summary>
    public string Code { get; internal set; } = string.Empty;

    /// <summary>The action that the identity lacks, from the text of a 403; null where it is not said.</summary>
    public string? MissingAction { get; internal set; }

    /// <summary>The service's id of the request (<c>x-ms-request-id</c>), for a support case; null where no answer came.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>The id that all requests of this connection share (<c>x-ms-correlation-request-id</c>).</summary>
    public string? CorrelationId { get; internal set; }

    /// <summary>How long the service asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; internal set; }

    /// <summary>Whether the request is worth making again.</summary>
    public ArmRetry Retry { get; internal set; }

    /// <summary>
    /// Whether a write may have taken effect all the same: the connection broke after it was sent, or its operation was
    /// lost sight of. The caller must read back before it says anything.
    /// </summary>
    public bool MayHaveTakenEffect { get; internal set; }

    /// <summary>Whether the service has begun the operation, which was then lost sight of: it may take effect any time.</summary>
    public bool IsUnderWay { get; internal set; }

    /// <summary>The reason in one short line, as a finding shows it: status, missing action or code.</summary>
    public string Reason => Kind switch
    {
        ArmFaultKind.Forbidden => MissingAction is null ? "403: access is refused" : "403: missing " + MissingAction,
        ArmFaultKind.Unauthorized => Status == 401 ? "401: the token was refused" : "no token: " + Message,
        ArmFaultKind.Timeout => "no answer in time",
        ArmFaultKind.Dns => "the name of the host could not be resolved",
        ArmFaultKind.Tls => "the connection could not be secured",
        ArmFaultKind.Network => "the connection broke",
        ArmFaultKind.Malformed => "the answer could not be read",
        ArmFaultKind.Throttled => "429: throttled",
        _ => Status + (Code.Length > 0 ? ": " + Code : ": " + Message),
    };

    /// <summary>What the service said, without what other words here say already, and the action that is missing.</summary>
    internal string Told
    {
        get
        {
            string told = Arm.MissingAction.Shorten(Message).TrimEnd('.', ' ') + ".";
            bool isNamed = MissingAction is null || told.IndexOf(MissingAction, StringComparison.Ordinal) >= 0;
            return isNamed ? told : $"{told} Missing action: {MissingAction}.";
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Method).Append(' ').Append(Path).Append(": ");
        if (Status > 0) text.Append(Status).Append(' ');
        if (Code.Length > 0) text.Append(Code).Append(": ");
        text.Append(Told);
        if (MayHaveTakenEffect) text.Append(" The write may have taken effect.");
        if (RequestId is not null) text.Append(" Request id ").Append(RequestId).Append('.');
        if (CorrelationId is not null) text.Append(" Correlation id ").Append(CorrelationId).Append('.');
        return text.ToString();
    }
}
