using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using PgSecurity.Azure.Credentials;
using Xunit;

namespace PgSecurity.Azure.Tests.Credentials;

/// <summary>Applications against an authority on loopback: what is asked for, and that no secret is told when it refuses.</summary>
public sealed class CredentialSourceTests : IDisposable
{
    private const string Tenant = "11111111-2222-4333-8444-555555555555";
    private const string Client = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    private const string Secret = "a~secret-that-nobody-shows";
    private const string Refusal = """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}""";
    private const string Token = """{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"the-token"}""";
    private static readonly string[] Variables = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE"];
    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-").FullName;

    public void Dispose()
    {
        foreach (KeyValuePair<string, string?> variable in _before) Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        Directory.Delete(_folder, recursive: true);
    }

    public static TheoryData<string, string> Clouds => new()
    {
        { "AzureCloud", "https://login.microsoftonline.com/" },
        { "AzureUSGovernment", "https://login.microsoftonline.us/" },
        { "AzureChinaCloud", "https://login.chinacloudapi.cn/" },
    };

    [Theory]
    [MemberData(nameof(Clouds))]
    public async Task An_application_with_a_secret_asks_the_authority_of_its_cloud(string cloud, string authority)
    {
        AzureCloud where = AzureCloud.Find(cloud)!;

        string request = await AskedAsync(transport => CredentialSource.ClientSecret(where, Tenant, Client, Secret, transport), where);

        Assert.Contains($"X-Asked-For: {authority}{Tenant}/oauth2/v2.0/token", request, StringComparison.Ordinal);
        Assert.Contains("grant_type=client_credentials", request, StringComparison.Ordinal);
        Assert.Contains("client_id=" + Client, request, StringComparison.Ordinal);
        Assert.Contains("scope=" + Uri.EscapeDataString(where.ResourceManagerScope), request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pfx")]
    public async Task An_application_with_a_certificate_sends_a_signed_assertion_and_never_the_key(string kind)
    {
        string path = WriteCertificate(kind);

        string request = await AskedAsync(transport => CredentialSource.ClientCertificate(AzureCloud.Public, Tenant, Client, path, transport));

        Assert.Contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("PRIVATE", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_identity_sends_the_token_of_its_file()
    {
        string file = Path.Combine(_folder, "token");
        File.WriteAllText(file, "header.of-the-pod.signature");
        Environment.SetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE", file);
        Environment.SetEnvironmentVariable("AZURE_CLIENT_ID", Client);
        Environment.SetEnvironmentVariable("AZURE_TENANT_ID", Tenant);

        string request = await AskedAsync(transport => CredentialSource.WorkloadIdentity(AzureCloud.Public, null, null, transport));

        Assert.Contains("client_assertion=header.of-the-pod.signature", request, StringComparison.Ordinal);
        Assert.Contains($"/{Tenant}/oauth2/v2.0/token", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parameters_of_a_workload_identity_win_over_the_environment()
    {
        string file = Path.Combine(_folder, "token");
        File.WriteAllText(file, "a.b.c");
        Environment.SetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE", file);
        Environment.SetEnvironmentVariable("AZURE_CLIENT_ID", "another");
        Environment.SetEnvironmentVariable("AZURE_TENANT_ID", "another");

        string request = await AskedAsync(transport => CredentialSource.WorkloadIdentity(AzureCloud.Public, Tenant, Client, transport));

        Assert.Contains("client_id=" + Client, request, StringComparison.Ordinal);
        Assert.DoesNotContain("another", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_names_an_application()
    {
        Environment.SetEnvironmentVariable("AZURE_CLIENT_ID", Client);
        Environment.SetEnvironmentVariable("AZURE_TENANT_ID", Tenant);
        Environment.SetEnvironmentVariable("AZURE_CLIENT_SECRET", Secret);

        string request = await AskedAsync(transport => CredentialSource.Environment(AzureCloud.Public, transport));

        Assert.Contains("client_id=" + Client, request, StringComparison.Ordinal);
        Assert.Contains("client_secret=" + Uri.EscapeDataString(Secret), request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason_and_without_the_secret()
    {
        using IdentityEndpoint endpoint = new(_ => (401, Refusal));
        TokenCredential credential = CredentialSource.ClientSecret(AzureCloud.Public, Tenant, Client, Secret, LoopbackAuthority.TransportTo(endpoint));

        CredentialException error = await Assert.ThrowsAsync<CredentialException>(() => new SessionBuilder().ConnectAsync(credential, "application with a secret", default));

        Assert.Equal("AADSTS7000215: Invalid client secret provided.", error.Message);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_says_who_it_is_and_when_its_token_ends()
    {
        string claims = Convert.ToBase64String("""{"appid":"the-app","tid":"the-tenant","exp":4102444800}"""u8.ToArray()).TrimEnd('=');
        using IdentityEndpoint endpoint = new(_ => (200, Token.Replace("the-token", $"h.{claims}.s", StringComparison.Ordinal)));
        TokenCredential credential = CredentialSource.ClientSecret(AzureCloud.Public, Tenant, Client, Secret, LoopbackAuthority.TransportTo(endpoint));

        AzureSession session = await new SessionBuilder().ConnectAsync(credential, "application with a secret", default);

        Assert.Equal(("the-app", "the-tenant", "application with a secret"), (session.Account, session.TenantId, session.Source));
        Assert.NotNull(session.ExpiresOn);
    }

    [Fact]
    public void A_certificate_file_that_is_none_is_told_by_its_path() =>
        Assert.Contains(
            "nowhere.pem",
            Assert.ThrowsAny<Exception>(() => CredentialSource.ClientCertificate(AzureCloud.Public, Tenant, Client, Path.Combine(_folder, "nowhere.pem"))
                .GetToken(new TokenRequestContext([AzureCloud.Public.ResourceManagerScope]), default)).ToString(),
            StringComparison.Ordinal);

    private static async Task<string> AskedAsync(Func<HttpPipelineTransport, TokenCredential> credential, AzureCloud? cloud = null)
    {
        using IdentityEndpoint endpoint = new(_ => (200, Token));
        AccessToken token = await credential(LoopbackAuthority.TransportTo(endpoint))
            .GetTokenAsync(new TokenRequestContext([(cloud ?? AzureCloud.Public).ResourceManagerScope]), default);
        Assert.Equal("the-token", token.Token);
        return Assert.Single(endpoint.Requests);
    }

    private string WriteCertificate(string kind)
    {
        using RSA key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=pgsecurity-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string path = Path.Combine(_folder, "app." + kind);
        if (kind == "pem") File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        else File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }
}
