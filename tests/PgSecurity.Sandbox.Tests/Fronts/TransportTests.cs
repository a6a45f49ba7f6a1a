using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Fronts;

public sealed class TransportTests
{
    private readonly TestEstate _estate = new();

    [Fact]
    public async Task A_pipeline_reads_and_writes()
    {
        HttpPipeline pipeline = Pipeline(retries: 0);
        using Response read = await SendAsync(pipeline, RequestMethod.Get, TestEstate.Server);
        Assert.Equal(200, read.Status);
        Assert.Equal("db1", JsonNode.Parse(read.Content)!.AsObject().Text("name"));
        Assert.True(read.Headers.TryGetValue("x-ms-ratelimit-remaining-subscription-global-reads", out _));
        using Response written = await SendAsync(pipeline, RequestMethod.Patch, TestEstate.Server, """{"tags":{"a":"b"}}""");
        Assert.Equal(202, written.Status);
        Assert.True(written.Headers.TryGetValue("Azure-AsyncOperation", out string? address));
        Assert.StartsWith("https://management.azure.com/", address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.TruncatedBody)]
    public async Task What_breaks_once_is_retried_and_what_breaks_always_is_an_error(FaultKind kind)
    {
        _estate.Arm.Faults.Add(new FaultRule { Kind = kind, Times = 1 });
        using Response read = await SendAsync(Pipeline(retries: 2), RequestMethod.Get, TestEstate.Server);
        Assert.Equal(200, read.Status);
        Assert.Equal(2, _estate.Arm.Requests.Total);
        _estate.Arm.Faults.Add(new FaultRule { Kind = kind });
        Exception broken = await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(Pipeline(retries: 1), RequestMethod.Get, TestEstate.Server));
        Assert.True(broken is AggregateException or RequestFailedException or IOException, broken.ToString());
    }

    private HttpPipeline Pipeline(int retries)
    {
        TestClientOptions options = new() { Transport = new SandboxTransport(_estate.Arm) };
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxDelay = TimeSpan.Zero;
        return HttpPipelineBuilder.Build(options);
    }

    private static async Task<Response> SendAsync(HttpPipeline pipeline, RequestMethod method, string path, string? body = null)
    {
        using Request request = pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(new Uri("https://management.azure.com" + path + TestEstate.Version));
        if (body is not null) request.Content = RequestContent.Create(System.Text.Encoding.UTF8.GetBytes(body));
        return await pipeline.SendRequestAsync(request, default);
    }

    private sealed class TestClientOptions : ClientOptions
    {
    }
}
