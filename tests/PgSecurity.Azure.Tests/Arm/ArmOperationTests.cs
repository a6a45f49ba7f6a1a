using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using Xunit;

namespace PgSecurity.Azure.Tests.Arm;

public sealed class ArmOperationTests
{
    private const string Arm = "https://management.azure.com";
    private const string Server = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg1";

    // Signed addresses as the service gives them: a space and other escapes that must come back as they were.
    private const string Status = Arm + "/subscriptions/s/providers/Microsoft.DBforPostgreSQL/locations/Canada%20Central/azureAsyncOperation/op-1?api-version=2025-08-01&t=1&c=MII%2bA%7e%2E&s=a-b_c&h=x";
    private const string Result = Arm + "/subscriptions/s/providers/Microsoft.DBforPostgreSQL/locations/Canada%20Central/operationResults/op-1?api-version=2025-08-01&t=1&c=MII%2bA&s=a-b_c&h=x";
    private readonly VirtualClock _clock = new();

    [Fact]
    public async Task Status_address_is_polled_byte_for_byte_until_it_has_succeeded()
    {
        int polls = 0;
        ScriptedTransport transport = new(request => request.Method == "PATCH"
            ? Accepted().With("Azure-AsyncOperation", Status).With("Location", Result).With("Retry-After", "60")
            : Poll(++polls < 3 ? "InProgress" : "Succeeded").With("Retry-After", "15"));

        ArmWriteResult result = await Client(transport).PatchAsync(Server, new JsonObject { ["properties"] = new JsonObject() }, default);

        Assert.All(transport.Sent.Skip(1), poll => Assert.Equal(Status, poll.Address));
        Assert.Equal(3, result.Polls);
        Assert.Equal("op-1", result.OperationId);
        Assert.Equal(new[] { 60, 15, 15 }, _clock.Waits.Select(wait => (int)wait.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(90), result.Duration);
    }

    [Fact]
    public async Task Result_address_alone_is_polled_while_it_answers_202()
    {
        int polls = 0;
        ScriptedTransport transport = new(request => request.Method == "DELETE"
            ? Accepted().With("Location", Result)
            : new ScriptedResponse(++polls < 3 ? 202 : 204));

        ArmWriteResult result = await Client(transport).DeleteAsync(Server, default);

        Assert.Equal(3, result.Polls);
    }

    [Fact]
    public async Task Created_with_a_status_address_is_followed()
    {
        ScriptedTransport transport = new(request => request.Method == "PUT"
            ? new ScriptedResponse(201, """{"id":"pe"}""").With("Azure-AsyncOperation", Status)
            : Poll("Succeeded"));

        Assert.Equal(1, (await Client(transport).PutAsync("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/privateEndpoints/pe", new JsonObject(), default)).Polls);
    }

    [Theory]
    [InlineData("Failed", "ServerIsBusy", "busy", ArmFaultKind.OperationFailed, ArmRetry.Transient)]
    [InlineData("Failed", "", "Server pg1 is busy with other operations. Please try later", ArmFaultKind.OperationFailed, ArmRetry.Transient)]
    [InlineData("Failed", "ServerEditionIncompatibleWithSkuSize", "no", ArmFaultKind.OperationFailed, ArmRetry.Never)]
    [InlineData("Canceled", "OperationCancelled", "canceled", ArmFaultKind.OperationCanceled, ArmRetry.Transient)]
    public async Task Failure_in_the_body_of_a_poll_is_a_fault(string status, string code, string message, ArmFaultKind kind, ArmRetry retry)
    {
        ScriptedTransport transport = new(request => request.Method == "PATCH"
            ? Accepted().With("Azure-AsyncOperation", Status)
            : new ScriptedResponse(200, $$$"""{"name":"op-1","status":"{{{status}}}","error":{"code":"{{{code}}}","message":"{{{message}}}"}}"""));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).PatchAsync(Server, new JsonObject(), default));

        Assert.Equal(kind, error.Fault.Kind);
        Assert.Equal(retry, error.Fault.Retry);
        Assert.Equal(code, error.Fault.Code);
        Assert.Equal(Server, error.Fault.Path);
        Assert.False(error.Fault.MayHaveTakenEffect);
        Assert.DoesNotContain("MII", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_that_is_not_there_yet_is_asked_for_again()
    {
        int polls = 0;
        ScriptedTransport transport = new(request => request.Method == "PUT"
            ? Accepted().With("Azure-AsyncOperation", Status)
            : ++polls < 3 ? NotFound() : Poll("Succeeded"));

        Assert.Equal(3, (await Client(transport).PutAsync(Server + "/firewallRules/r", new JsonObject(), default)).Polls);
    }

    [Fact]
    public async Task Operation_that_vanishes_leaves_its_effect_open()
    {
        ScriptedTransport transport = new(request => request.Method == "PUT" ? Accepted().With("Azure-AsyncOperation", Status) : NotFound());

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).PutAsync(Server + "/firewallRules/r", new JsonObject(), default));

        Assert.True(error.Fault.MayHaveTakenEffect);
        Assert.Equal(ArmFaultKind.NotFound, error.Fault.Kind);
    }

    [Fact]
    public async Task Operation_that_vanishes_with_what_it_deleted_has_succeeded()
    {
        ScriptedTransport transport = new(request => request.Method == "DELETE" ? Accepted().With("Azure-AsyncOperation", Status) : NotFound());

        Assert.Equal(202, (await Client(transport).DeleteAsync(Server, default)).Status);
    }

    [Fact]
    public async Task Poll_that_fails_now_and_then_does_not_fail_the_operation()
    {
        int polls = 0;
        ScriptedTransport transport = new(request => request.Method == "PATCH"
            ? Accepted().With("Azure-AsyncOperation", Status)
            : ++polls <= 6 ? new ScriptedResponse(500, """{"error":{"code":"InternalServerError","message":"m"}}""") : Poll("Succeeded"));

        ArmWriteResult result = await Client(transport).PatchAsync(Server, new JsonObject(), default);

        Assert.Equal(2, result.Polls);
    }

    [Fact]
    public async Task Operation_that_does_not_end_is_given_up_with_its_effect_open()
    {
        ScriptedTransport transport = new(request => request.Method == "PATCH" ? Accepted().With("Azure-AsyncOperation", Status) : Poll("InProgress").With("Retry-After", "60"));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).PatchAsync(Server, new JsonObject(), default));

        Assert.Equal(ArmFaultKind.Timeout, error.Fault.Kind);
        Assert.True(error.Fault.MayHaveTakenEffect);
    }

    [Fact]
    public async Task Operation_elsewhere_is_not_followed_with_the_token()
    {
        ScriptedTransport transport = new(_ => Accepted().With("Azure-AsyncOperation", "https://evil.example/op"));

        ArmException error = await Assert.ThrowsAsync<ArmException>(() => Client(transport).PatchAsync(Server, new JsonObject(), default));

        Assert.Single(transport.Sent);
        Assert.True(error.Fault.MayHaveTakenEffect);
    }

    private static ScriptedResponse Accepted() => new(202, """{"operation":"UpsertServerManagementOperationV2","startTime":"2026-11-24T12:00:00Z"}""");

    private static ScriptedResponse Poll(string status) => new(200, $$"""{"name":"op-1","status":"{{status}}"}""");

    private static ScriptedResponse NotFound() => new(404, """{"error":{"code":"ResourceNotFound","message":"gone"}}""");

    private ArmClient Client(ScriptedTransport transport) => new(
        new ArmEndpoint(new Uri(Arm)),
        new FixedCredential("t"),
        new ArmClientOptions { Transport = transport, Clock = _clock });
}
