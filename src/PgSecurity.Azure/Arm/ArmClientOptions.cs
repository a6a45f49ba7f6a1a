using System;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Arm;

/// <summary>How a client behaves.</summary>
public sealed class ArmClientOptions
{
    /// <summary>The transport; null for HTTP. The sandbox gives its own.</summary>
    public HttpPipelineTransport? Transport { get; set; }

    /// <summary>The clock.</summary>
    public ArmClock Clock { get; set; } = ArmClock.System;

    /// <summary>The scope that tokens are asked for, such as <c>https://management.azure.com/.default</c>; null for the endpoint's own.</summary>
    public string? Scope { get; set; }

    /// <summary>How often a request is made at most, the first time included. 1 or more.</summary>
    public int Attempts { get; set; } = 4;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before the second attempt where the service names none; it doubles with each further one.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause that is granted to a <c>Retry-After</c>; a longer one ends the request as throttled.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause between two polls where the service names none.</summary>
    public TimeSpan PollDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an operation may run before it is reported as not ended in time.</summary>
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The most requests at once in one subscription. 1 or more.</summary>
    public int RequestsPerSubscription { get; set; } = 16;

    /// <summary>The id that all requests of the client carry, so that Azure's logs can be searched for a run.</summary>
    public string CorrelationId { get; set; } = Guid.NewGuid().ToString();

    /// <summary>Gets a line for each attempt: method, path, status, request id, time. Called from any thread. Holds no secret.</summary>
    public Action<string>? Log { get; set; }
}
