using System;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>A request that was refused, an operation that failed, or an answer that never came.</summary>
public sealed class ServiceFault : Exception
{
    /// <summary>Makes the fault.</summary>
    /// <param name="code">The service's code; empty where it gave none.</param>
    /// <param name="message">What happened, without a secret.</param>
    /// <param name="retry">Whether the write is worth making again.</param>
    /// <param name="cause">The exception behind it, or null.</param>
    public ServiceFault(string code, string message, RetryClass retry, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Retry = retry;
    }

    /// <summary>The service's code; empty where it gave none.</summary>
    public string Code { get; }

    /// <summary>Whether the write is worth making again.</summary>
    public RetryClass Retry { get; }

    /// <summary>Whether the write may have been made all the same, as with a connection that broke after it was sent.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Whether the service has begun the operation, which was then lost sight of: it may take effect any time.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>
    /// Whether the write surely did nothing: it was refused, or another one was under way on the server. A value that is
    /// the wanted one all the same was set by somebody else.
    /// </summary>
    public bool HadNoEffect { get; init; }

    /// <summary>The service's id of the request, or null.</summary>
    public string? RequestId { get; init; }
}
