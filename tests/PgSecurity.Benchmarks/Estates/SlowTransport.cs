using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Benchmarks;

/// <summary>A wire on which every request takes a while, and that counts them.</summary>
internal sealed class SlowTransport(HttpPipelineTransport inner, TimeSpan latency) : HttpPipelineTransport
{
    private int _requests;
    private int _refused;

    /// <summary>How many requests were made.</summary>
    public int Requests => _requests;

    /// <summary>How many of them the service refused because they were too many.</summary>
    public int Refused => _refused;

    public override Request CreateRequest() => inner.CreateRequest();

    public override void Process(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        Thread.Sleep(latency);
        inner.Process(message);
        Count(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        Interlocked.Increment(ref _requests);
        await Task.Delay(latency, message.CancellationToken);
        await inner.ProcessAsync(message);
        Count(message);
    }

    private void Count(HttpMessage message)
    {
        if (message.Response.Status == 429) Interlocked.Increment(ref _refused);
    }
}
