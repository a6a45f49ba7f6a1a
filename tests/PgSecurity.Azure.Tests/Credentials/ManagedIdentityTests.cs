using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Azure.Core;
using PgSecurity.Azure.Credentials;
using Xunit;

namespace PgSecurity.Azure.Tests.Credentials;

public sealed class ManagedIdentityTests
{
    private static readonly TokenRequestContext Arm = new(new[] { "https://management.azure.com/.default" });

    [Theory]
    [InlineData("\"1795000000\"")]
    [InlineData("1795000000")]
    [InlineData("\"2026-11-18 06:26:40Z\"")]
    [InlineData("\"11/18/2026 06:26:40 +00:00\"")]
    public async Task Automation_answers_expiry_in_either_form(string expires)
    {
        using IdentityEndpoint endpoint = new(_ => (200, $$"""{"access_token":"t","expires_on":{{expires}},"token_type":"Bearer"}"""));
        ManagedIdentityEndpoint automation = ManagedIdentityEndpoint.FromEnvironment(name => name switch
        {
            "IDENTITY_ENDPOINT" => endpoint.Address.AbsoluteUri,
            "IDENTITY_HEADER" => "proof",
            _ => null,
        })!;

        AccessToken token = await new ManagedIdentityCredential(automation, "client-1").GetTokenAsync(Arm, default);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795000000).Date, token.ExpiresOn.UtcDateTime.Date);
        string request = Assert.Single(endpoint.Requests);
        Assert.Contains("X-IDENTITY-HEADER: proof", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Metadata: true", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("resource=https%3A%2F%2Fmanagement.azure.com&client_id=client-1", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("client-1")]
    public async Task Older_hosts_and_hybrid_workers_are_asked_in_their_way(string? clientId)
    {
        using IdentityEndpoint endpoint = new(_ => (200, """{"access_token":"t","expires_on":"2026-11-18 06:26:40Z"}"""));
        ManagedIdentityEndpoint host = ManagedIdentityEndpoint.FromEnvironment(name => name switch
        {
            "MSI_ENDPOINT" => endpoint.Address.AbsoluteUri + "?key=of-the-worker",
            "MSI_SECRET" => "proof",
            _ => null,
        })!;

        AccessToken token = await new ManagedIdentityCredential(host, clientId).GetTokenAsync(Arm, default);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795000000).Date, token.ExpiresOn.UtcDateTime.Date);
        string request = Assert.Single(endpoint.Requests);
        Assert.Contains("/identity?key=of-the-worker&api-version=2017-09-01&resource=", request, StringComparison.Ordinal);
        Assert.Contains("secret: proof", request, StringComparison.Ordinal);
        Assert.Equal(clientId is not null, request.Contains("&clientid=client-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Azure_Arc_is_shown_the_key_that_only_administrators_can_read()
    {
        string folder = Directory.CreateTempSubdirectory("pgsecurity-").FullName;
        string key = Path.Combine(folder, "one.key");
        File.WriteAllText(key, "the-key\n");
        int asked = 0;
        using IdentityEndpoint endpoint = new(_ => ++asked == 1 ? (401, "{}") : (200, """{"access_token":"t","expires_on":"1795000000"}"""), "Basic realm=" + key);
        ManagedIdentityEndpoint arc = Arc(endpoint) with { KeyFolder = folder };

        Assert.Equal("t", (await new ManagedIdentityCredential(arc, null).GetTokenAsync(Arm, default)).Token);

        Assert.DoesNotContain("Authorization", endpoint.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("api-version=2019-11-01", endpoint.Requests[0], StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic the-key", endpoint.Requests[1], StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("passwords.key", "..")]
    [InlineData("one.txt", "")]
    [InlineData("gone.key", "")]
    public async Task No_other_file_is_sent_to_an_endpoint_that_says_it_is_Azure_Arc(string name, string beside)
    {
        string root = Directory.CreateTempSubdirectory("pgsecurity-").FullName;
        string folder = Directory.CreateDirectory(Path.Combine(root, "tokens")).FullName;
        string file = Path.GetFullPath(Path.Combine(folder, beside, name));
        if (!name.StartsWith("gone", StringComparison.Ordinal)) File.WriteAllText(file, "not-for-them");
        using IdentityEndpoint endpoint = new(_ => (401, "{}"), "Basic realm=" + file);

        CredentialException error = await Assert.ThrowsAsync<CredentialException>(async () =>
            await new ManagedIdentityCredential(Arc(endpoint) with { KeyFolder = folder }, null).GetTokenAsync(Arm, default));

        Assert.Contains("key", error.Message, StringComparison.Ordinal);
        Assert.Single(endpoint.Requests);
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task What_keeps_failing_is_told_after_three_attempts()
    {
        using IdentityEndpoint endpoint = new(_ => (500, """{"message":"An unexpected error occurred."}"""));

        CredentialException error = await Assert.ThrowsAsync<CredentialException>(async () =>
            await new ManagedIdentityCredential(ManagedIdentityEndpoint.Imds with { Address = endpoint.Address }, null).GetTokenAsync(Arm, default));

        Assert.Contains("500: An unexpected error occurred.", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_machine_without_an_identity_endpoint_is_told_so()
    {
        Uri nobody;
        using (IdentityEndpoint endpoint = new(_ => (200, "{}"))) nobody = endpoint.Address;

        CredentialException error = await Assert.ThrowsAsync<CredentialException>(async () =>
            await new ManagedIdentityCredential(ManagedIdentityEndpoint.Imds with { Address = nobody }, null).GetTokenAsync(Arm, default));

        Assert.Contains("no answer at 127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_endpoint_where_the_environment_names_none() => Assert.Null(ManagedIdentityEndpoint.FromEnvironment(_ => null));

    [Fact]
    public async Task A_machine_is_asked_as_IMDS_wants_it()
    {
        using IdentityEndpoint endpoint = new(_ => (200, """{"access_token":"t","expires_on":"1795000000"}"""));

        await new ManagedIdentityCredential(ManagedIdentityEndpoint.Imds with { Address = endpoint.Address }, null).GetTokenAsync(Arm, default);

        string request = Assert.Single(endpoint.Requests);
        Assert.Contains("api-version=2018-02-01", request, StringComparison.Ordinal);
        Assert.Contains("Metadata: true", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("client_id", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_is_told_with_its_reason_and_without_the_header()
    {
        using IdentityEndpoint endpoint = new(_ => (400, """{"error":"invalid_request","error_description":"Identity not found"}"""));
        ManagedIdentityEndpoint automation = ManagedIdentityEndpoint.Imds with { Address = endpoint.Address, Headers = new Dictionary<string, string> { ["X-IDENTITY-HEADER"] = "proof-of-host" } };

        CredentialException error = await Assert.ThrowsAsync<CredentialException>(async () => await new ManagedIdentityCredential(automation, null).GetTokenAsync(Arm, default));

        Assert.Contains("400: Identity not found", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("proof-of-host", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_refusal_is_asked_again()
    {
        int asked = 0;
        using IdentityEndpoint endpoint = new(_ => ++asked == 1 ? (429, "{}") : (200, """{"access_token":"t","expires_on":"1795000000"}"""));

        Assert.Equal("t", (await new ManagedIdentityCredential(ManagedIdentityEndpoint.Imds with { Address = endpoint.Address }, null).GetTokenAsync(Arm, default)).Token);
    }

    [Fact]
    public async Task Answer_without_a_token_is_told_without_its_body()
    {
        using IdentityEndpoint endpoint = new(_ => (200, """{"refresh_token":"something-secret"}"""));

        CredentialException error = await Assert.ThrowsAsync<CredentialException>(async () =>
            await new ManagedIdentityCredential(ManagedIdentityEndpoint.Imds with { Address = endpoint.Address }, null).GetTokenAsync(Arm, default));

        Assert.DoesNotContain("something-secret", error.ToString(), StringComparison.Ordinal);
    }

    private static ManagedIdentityEndpoint Arc(IdentityEndpoint endpoint) => ManagedIdentityEndpoint.FromEnvironment(name => name switch
    {
        "IDENTITY_ENDPOINT" => endpoint.Address.AbsoluteUri,
        "IMDS_ENDPOINT" => "http://127.0.0.1:1",
        _ => null,
    })!;
}
