using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Azure;
using PgSecurity.Azure.Arm;
using Xunit;

namespace PgSecurity.Azure.Tests.Arm;

public sealed class ArmClientTests
{
    private const string Arm = "https://management.azure.com";
    private const string Server = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg1";
    private const string OtherServer = "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg2";
    private readonly VirtualClock _clock = new();
    private readonly FixedCredential _credential = new("secret-token-1", "secret-token-2");
    private readonly List<string> _log = new();

    [Fact]
    public async Task Get_sends_the_version_of_its_provider_the_token_and_the_correlation_id()
    {
        ScriptedTransport transport = new(_ => new ScriptedResponse(200, """{"id":"x"}"""));
        ArmClient client = Client(transport);

        await client.GetAsync(Server, default);

        SentRequest sent = Assert.Single(transport.Sent);
        Assert.Equal(Arm + Server + "?api-version=2025-08-01", sent.Address);
        Assert.Equal("Bearer secret-token-1", sent.Authorization);
        Assert.Equal(client.CorrelationId, sent.CorrelationId);
        Assert.Equal(Arm + "/.default", _credential.Scope);
        Assert.DoesNotContain(_log, line => line.Contains("secret-token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/providers/Microsoft.Insights/diagnosticSettings", "2021-05-01-preview")]
    [InlineData("/providers/Microsoft.Authorization/locks/l", "2020-05-01")]
    public void An_extension_resource_has_the_version_of_its_own_provider(string tail, string version) =>
        Assert.Equal(version, ArmApiVersions.For(Server + tail));

    [Fact]
    public void Graph_has_no_version() => Assert.Null(ArmApiVersions.For("/v1.0/identity/conditionalAccess/policies"));

    [Fact]
    public async Task List_follows_pages_to_the_end_and_an_empty_first_page_too()
    {
        ScriptedTransport transport = new(request => new ScriptedResponse(200, request.Address.EndsWith("page=2", StringComparison.Ordinal)
            ? """{"value":[{"id":"a"},{"id":"b"}]}"""
            : $$"""{"value":[],"nextLink":"{{Arm}}{{Server}}/firewallRules?page=2"}"""));

        ArmListing listing = await Client(transport).ListAsync(Server + "/firewallRules", default);

        Assert.True(listing.IsComplete);
        Assert.Equal(2, listing.Items.Count);
    }

    [Theory]
    [InlineData("https://evil.example/next")]
    [InlineData("http://management.azure.com/next")]
    [InlineData("https://management.azure.com.evil.example/next")]
    [InlineData("https://management.azure.com:444/next")]
    public async Task List_never_takes_the_token_to_another_host(string next)
    {
        ScriptedTransport transport = new(_ => new ScriptedResponse(200, $$"""{"value":[{"id":"a"}],"nextLink":"{{next}}"}"""));

        ArmListing listing = await Client(transport).ListAsync(Server + "/firewallRules", default);

        Assert.Single(transport.Sent);
        Assert.False(listing.IsComplete);
        Assert.Equal(ArmFaultKind.Malformed, listing.Fault!.Kind);
    }

    [Fact]
    public async Task List_that_breaks_off_is_not_complete()
    {
        ScriptedTransport transport = new(request => request.Address.EndsWith("page=2", StringComparison.Ordinal)
            ? new ScriptedResponse(403, """{"error":{"code":"AuthorizationFailed","message":"no"}}""")
            : new ScriptedResponse(200, $$"""{"value":[{"id":"a"}],"nextLink":"{{Arm}}{{Server}}/firewallRules?page=2"}"""));

        ArmListing listing = await Client(transport).ListAsync(Server + "/firewallRules", default);

        Assert.Single(listing.Items);
        Assert.Equal(ArmFaultKind.Forbidden, listing.Fault!.Kind);
    }

    [Fact]
    public async Task Refusal_names_the_missing_action_and_both_ids()
    {
        const string Message = "The client 'a@b.c' with object id 'x' does not have authorization to perform action "
            + "'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read' over scope '/subscriptions/1' or the scope is invalid.";
        ScriptedTransport transport = new(_ => new ScriptedResponse(403, $$$"""{"error":{"code":"AuthorizationFailed","message":"{{{Message}}}"}}""")
            .With("x-ms-request-id", "request-1")
            .With("x-ms-correlation-request-id", "correlation-1"));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).ListAsync(Server + "/firewallRules", default));

        Assert.Equal(ArmFaultKind.Forbidden, error.Fault.Kind);
        Assert.Equal("Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read", error.Fault.MissingAction);
        Assert.Equal("403: missing Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read", error.Fault.Reason);
        Assert.Equal("request-1", error.Fault.RequestId);
        Assert.Equal("correlation-1", error.Fault.CorrelationId);
        Assert.Equal(ArmRetry.Never, error.Fault.Retry);
        Assert.Contains("request-1", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "AuthorizationFailed: The client 'a@b.c' may not perform Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read there. Request", error.Message, StringComparison.Ordinal);
        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task Linked_refusal_names_the_action_that_is_missing_not_the_one_that_is_there()
    {
        const string Message = "The client has permission to perform action 'Microsoft.DBforPostgreSQL/flexibleServers/write' on scope 's'; "
            + "however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) 't'.";
        ScriptedTransport transport = new(_ => new ScriptedResponse(403, $$$"""{"error":{"code":"LinkedAuthorizationFailed","message":"{{{Message}}}"}}"""));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).PatchAsync(Server, new JsonObject(), default));

        Assert.Equal("Microsoft.Network/virtualNetworks/subnets/join/action", error.Fault.MissingAction);
    }

    [Theory]
    [InlineData(400, ArmFaultKind.BadRequest, ArmRetry.Never, "InvalidConfigurationValue")]
    [InlineData(400, ArmFaultKind.BadRequest, ArmRetry.NotNow, "ServerStoppedError")]
    [InlineData(404, ArmFaultKind.NotFound, ArmRetry.Never, "ResourceNotFound")]
    [InlineData(409, ArmFaultKind.Conflict, ArmRetry.NotNow, "ScopeLocked")]
    [InlineData(409, ArmFaultKind.Conflict, ArmRetry.Transient, "ServerIsBusy")]
    [InlineData(429, ArmFaultKind.Throttled, ArmRetry.Transient, "TooManyRequests")]
    [InlineData(503, ArmFaultKind.Service, ArmRetry.Transient, "ServiceUnavailable")]
    public async Task Statuses_become_kinds(int status, ArmFaultKind kind, ArmRetry retry, string code)
    {
        ScriptedTransport transport = new(_ => new ScriptedResponse(status, $$$"""{"error":{"code":"{{{code}}}","message":"m"}}"""));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).GetAsync(Server, default));

        Assert.Equal(kind, error.Fault.Kind);
        Assert.Equal(retry, error.Fault.Retry);
        Assert.Equal(code, error.Fault.Code);
    }

    public static TheoryData<Exception, ArmFaultKind> BrokenConnections => new()
    {
        { new RequestFailedException("m", new SocketException((int)SocketError.HostNotFound)), ArmFaultKind.Dns },
        { new RequestFailedException("m", new AuthenticationException("bad certificate")), ArmFaultKind.Tls },
        { new RequestFailedException("m", new IOException("reset")), ArmFaultKind.Network },
        { new TaskCanceledException("timed out"), ArmFaultKind.Timeout },
    };

    [Theory]
    [MemberData(nameof(BrokenConnections))]
    public async Task Broken_connections_become_kinds_and_reads_are_repeated(Exception broken, ArmFaultKind kind)
    {
        ScriptedTransport transport = new(_ => new ScriptedResponse(broken));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).GetAsync(Server, default));

        Assert.Equal(kind, error.Fault.Kind);
        Assert.Equal(kind == ArmFaultKind.Tls ? 1 : 4, transport.Sent.Count);
        Assert.False(error.Fault.MayHaveTakenEffect);
    }

    [Fact]
    public async Task Write_whose_connection_breaks_is_not_repeated_and_may_have_taken_effect()
    {
        ScriptedTransport transport = new(_ => new ScriptedResponse(new RequestFailedException("m", new IOException("reset"))));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).PatchAsync(Server, new JsonObject(), default));

        Assert.Single(transport.Sent);
        Assert.True(error.Fault.MayHaveTakenEffect);
    }

    [Fact]
    public async Task Answer_that_is_no_json_is_asked_for_once_more()
    {
        int asked = 0;
        ScriptedTransport transport = new(_ => new ScriptedResponse(200, asked++ == 0 ? "<html>" : """{"id":"x"}"""));

        await Client(transport).GetAsync(Server, default);

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Refused_token_is_renewed_once_with_the_claims_of_the_challenge()
    {
        string claims = Convert.ToBase64String("""{"access_token":{"nbf":{"essential":true}}}"""u8.ToArray());
        ScriptedTransport transport = new(request => request.Authorization == "Bearer secret-token-2"
            ? new ScriptedResponse(200, """{"id":"x"}""")
            : new ScriptedResponse(401, """{"error":{"code":"ExpiredAuthenticationToken","message":"expired"}}""")
                .With("WWW-Authenticate", $"Bearer error=\"insufficient_claims\", claims=\"{claims}\""));

        await Client(transport).GetAsync(Server, default);

        Assert.Equal(2, _credential.Asked);
        Assert.Equal("""{"access_token":{"nbf":{"essential":true}}}""", _credential.Claims);
    }

    [Fact]
    public async Task Refused_token_that_cannot_be_renewed_is_a_fault_without_the_token_in_it()
    {
        ScriptedTransport transport = new(_ => new ScriptedResponse(401, """{"error":{"code":"InvalidAuthenticationToken","message":"bad"}}"""));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).GetAsync(Server, default));

        Assert.Equal(ArmFaultKind.Unauthorized, error.Fault.Kind);
        Assert.DoesNotContain("secret-token", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, transport.Sent.Count);
    }

    [Fact]
    public async Task Throttled_write_waits_as_long_as_it_is_told_and_is_made_again()
    {
        int asked = 0;
        ScriptedTransport transport = new(_ => asked++ == 0 ? new ScriptedResponse(429).With("Retry-After", "17") : new ScriptedResponse(200, "{}"));

        await Client(transport).PatchAsync(Server, new JsonObject(), default);

        Assert.Equal(2, asked);
        Assert.Equal(TimeSpan.FromSeconds(17), Assert.Single(_clock.Waits));
    }

    [Fact]
    public void Pause_of_one_subscription_is_no_pause_of_another()
    {
        ArmClient client = Client(new ScriptedTransport(_ => new ScriptedResponse(200)));
        SubscriptionLane paused = client.Governor.LaneOf(Server);
        SubscriptionLane other = client.Governor.LaneOf(OtherServer);

        paused.PauseFor(TimeSpan.FromMinutes(1));

        Assert.True(other.EnterAsync(default).IsCompletedSuccessfully);
        Assert.Empty(_clock.Waits);
        Assert.True(paused.EnterAsync(default).IsCompletedSuccessfully);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(_clock.Waits));
        Assert.Equal(1, paused.Width);
        Assert.Equal(16, other.Width);
    }

    [Fact]
    public async Task Few_requests_left_narrow_the_lane_and_many_widen_it_again()
    {
        string left = "10";
        ScriptedTransport transport = new(_ => new ScriptedResponse(200, "{}").With("x-ms-ratelimit-remaining-subscription-global-reads", left));
        ArmClient client = Client(transport);

        await client.GetAsync(Server, default);
        Assert.Equal(1, client.Governor.LaneOf(Server).Width);

        left = "240";
        await client.GetAsync(Server, default);
        await client.GetAsync(Server, default);
        Assert.Equal(3, client.Governor.LaneOf(Server).Width);
    }

    [Theory]
    [InlineData("http://management.example/")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://user:password@management.azure.com/")]
    public void Endpoint_is_https_or_loopback(string address) =>
        Assert.Throws<ArgumentException>(() => new ArmEndpoint(new Uri(address)));

    private ArmClient Client(ScriptedTransport transport) => new(
        new ArmEndpoint(new Uri(Arm)),
        _credential,
        new ArmClientOptions { Transport = transport, Clock = _clock, Log = _log.Add });
}
