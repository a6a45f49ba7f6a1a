using System;

namespace PgSecurity.Sandbox.Faults;

/// <summary>When something goes wrong, and what. Every condition must hold; one that is not set holds always.</summary>
public sealed class FaultRule
{
    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; set; }

    /// <summary>The method, such as <c>PATCH</c>; null for any.</summary>
    public string? Method { get; set; }

    /// <summary>
    /// The path without the query, <c>*</c> for any text, without regard to case, such as <c>*/configurations/*</c>;
    /// null for any.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>From which of the requests that method and path choose, counted from 1.</summary>
    public int From { get; set; } = 1;

    /// <summary>How many of them; null for all.</summary>
    public int? Times { get; set; }

    /// <summary>How likely it is for each of them, 0 to 1, drawn with the sandbox's seed.</summary>
    public double Probability { get; set; } = 1;

    /// <summary>The status, for <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; set; } = 500;

    /// <summary>The error's code, for a status or an operation.</summary>
    public string Code { get; set; } = "InternalServerError";

    /// <summary>The error's message, for a status or an operation.</summary>
    public string Message { get; set; } = "An unexpected error occured while processing the request. Tracking ID: '00000000-0000-0000-0000-000000000000'";

    /// <summary>The <c>Retry-After</c> header in seconds, for a status; null for none.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>How late, for <see cref="FaultKind.Delay"/>.</summary>
    public TimeSpan Delay { get; set; }
}
