using System;

namespace PgSecurity.Sandbox;

/// <summary>A write that the sandbox accepted, for tests that account for every one. Bodies are not kept.</summary>
public sealed class SandboxWrite
{
    internal SandboxWrite(int number, string method, string path, DateTimeOffset at)
    {
        Number = number;
        Method = method;
        Path = path;
        At = at;
    }

    /// <summary>Its place among all writes, from 1.</summary>
    public int Number { get; }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The path without the query.</summary>
    public string Path { get; }

    /// <summary>When it came, in UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The operation's id; null where the answer was at once.</summary>
    public string? OperationId { get; internal set; }

    /// <summary><c>InProgress</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Canceled</c>.</summary>
    public string Status { get; internal set; } = "Succeeded";

    /// <summary>When its operation ended, in UTC; null where it has not, or the answer was at once.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>The code of a failed operation.</summary>
    public string? Code { get; internal set; }
}
