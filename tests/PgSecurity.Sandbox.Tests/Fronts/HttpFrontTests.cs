using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Fronts;

public sealed class HttpFrontTests : IDisposable
{
    private readonly TestEstate _estate = new(options =>
    {
        options.Pace = SandboxPace.Instant;
        options.PageSize = 3;
    });

    private readonly SandboxHttpServer _server;
    private readonly HttpClient _client;

    public HttpFrontTests()
    {
        _server = SandboxHttpServer.Start(_estate.Arm);
        _client = new HttpClient { BaseAddress = _server.Address };
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Pages_lead_back_to_loopback()
    {
        int items = 0;
        string? next = TestEstate.Server + "/configurations" + TestEstate.Version;
        while (next is not null)
        {
            JsonObject page = JsonNode.Parse(await _client.GetStringAsync(next))!.AsObject();
            items += page["value"]!.AsArray().Count;
            next = page.Text("nextLink");
            if (next is not null) Assert.StartsWith(_server.Address.ToString(), next, StringComparison.Ordinal);
        }

        Assert.Equal(TestEstate.Parameters("16").Count(), items);
    }

    [Fact]
    public async Task An_operation_is_followed_to_its_end()
    {
        using HttpRequestMessage patch = new(HttpMethod.Patch, TestEstate.Server + TestEstate.Version)
        {
            Content = new StringContent("""{"tags":{"a":"b"}}""", Encoding.UTF8, "application/json"),
        };
        patch.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage accepted = await _client.SendAsync(patch);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        string address = accepted.Headers.GetValues("Azure-AsyncOperation").Single();
        string status = string.Empty;
        for (int at = 0; at < 10 && status != "Succeeded"; at++) status = JsonNode.Parse(await _client.GetStringAsync(address))!.AsObject().Text("status")!;
        Assert.Equal("Succeeded", status);
        Assert.Equal("b", JsonNode.Parse(await _client.GetStringAsync(TestEstate.Server + TestEstate.Version))!["tags"]!["a"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_reset_breaks_the_connection_before_or_after_the_effect()
    {
        string path = TestEstate.Server + "/configurations/pgaudit.log" + TestEstate.Version;
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Reset, Method = "GET", Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetStringAsync(path));
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.ResetAfterEffect, Method = "PUT", Times = 1 });
        using StringContent body = new("""{"properties":{"value":"all"}}""", Encoding.UTF8, "application/json");
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.PutAsync(path, body));
        Assert.Single(_estate.Arm.Writes);
        Assert.Equal("all", JsonNode.Parse(await ReadUntil(path, "all"))!.AsObject().Text("properties", "value"));
    }

    [Fact]
    public async Task A_truncated_body_is_noticed_and_a_malformed_one_is_not_JSON()
    {
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.TruncatedBody, Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetStringAsync(TestEstate.Server + TestEstate.Version));
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.MalformedJson, Times = 1 });
        string malformed = await _client.GetStringAsync(TestEstate.Server + TestEstate.Version);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(malformed));
        Assert.Contains("\"db1\"", await _client.GetStringAsync(TestEstate.Server + TestEstate.Version), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_outlasts_an_impatient_client()
    {
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromMinutes(5), Times = 1 });
        using System.Threading.CancellationTokenSource impatience = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.GetStringAsync(TestEstate.Server + TestEstate.Version, impatience.Token));
    }

    [Fact]
    public async Task Many_clients_are_answered_at_once_and_heads_have_no_body()
    {
        string[] bodies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _client.GetStringAsync(TestEstate.Server + TestEstate.Version)));
        Assert.Single(bodies.Distinct());
        using HttpRequestMessage head = new(HttpMethod.Head, TestEstate.Group + TestEstate.Version);
        using HttpResponseMessage response = await _client.SendAsync(head);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task The_data_plane_of_a_vault_is_reached_behind_one_address()
    {
        using HttpResponseMessage response = await _client.GetAsync("/_/kv1.vault.azure.net/keys/k1/rotationpolicy?api-version=7.4");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        using HttpResponseMessage graph = await _client.GetAsync("/_/graph.microsoft.com/v1.0/identity/conditionalAccess/policies");
        Assert.Equal(HttpStatusCode.OK, graph.StatusCode);
    }

    private async Task<string> ReadUntil(string path, string text)
    {
        string body = string.Empty;
        for (int at = 0; at < 10 && !body.Contains($"\"value\":\"{text}\"", StringComparison.Ordinal); at++) body = await _client.GetStringAsync(path);
        return body;
    }
}
