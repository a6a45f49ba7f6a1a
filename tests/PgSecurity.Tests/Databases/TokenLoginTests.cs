using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Azure.Credentials;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Sessions;
using Xunit;

namespace PgSecurity.Tests.Databases;

/// <summary>
/// The connection's own identity logs in to databases by its token. The tokens are texts of a token's form and length, made up
/// here, that a PostgreSQL takes as a password; who gives them is a stand-in for Az.
/// </summary>
public sealed class TokenLoginTests : IClassFixture<ModuleSession>, IClassFixture<TokenLab>, IDisposable
{
    private const string At = "-Server 127.0.0.1 -Port $port -RootCertificate $roots";

    private readonly ModuleSession _session;
    private readonly TokenLab _lab;

    public TokenLoginTests(ModuleSession session, TokenLab lab)
    {
        _session = session;
        _lab = lab;
        if (lab.Cluster is null) return;
        _session.Set("port", lab.Cluster.Port);
        _session.Set("roots", lab.Cluster.RootCertificates);
        _session.Set("token", lab.Token);
        SignIn("AzureCloud", TokenLab.Person);
    }

    public void Dispose() => _session.Run("Disconnect-PgSecurity");

    [PostgresFact]
    public void Without_a_credential_the_account_of_the_connection_logs_in()
    {
        _session.Run("Disconnect-PgSecurity");

        Finding finding = Assert.Single(_session.RunClean<Finding>($"Get-PgSecurityFinding {At} -Control PLT-101 -IncludePassed"));

        Assert.Equal(Outcome.Pass, finding.Outcome);
        Assert.Contains(TokenLab.Person, Uri.UnescapeDataString(finding.Evidence[0].ResourceId), StringComparison.Ordinal);
        Assert.Equal(["https://management.azure.com", "https://graph.microsoft.com", "https://ossrdbms-aad.database.windows.net"], Asked().Distinct());
    }

    [PostgresFact]
    public void A_name_of_its_own_is_given_to_an_identity_that_has_another()
    {
        SignIn("AzureCloud", "11111111-2222-3333-4444-555555555555");
        _session.Run($"Get-PgSecurityFinding {At} -Control PLT-101");
        Assert.StartsWith("UserNameMissing,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);

        Finding finding = Assert.Single(_session.RunClean<Finding>($"Get-PgSecurityFinding {At} -Control PLT-101 -IncludePassed -UserName audit-automation"));

        Assert.Equal(Outcome.Pass, finding.Outcome);
        _session.Run($"Get-PgSecurityFinding {At} -UserName x -Credential ([pscredential]::new('y', [securestring]::new()))");
        Assert.StartsWith("ArgumentWrong,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("AzureUSGovernment", "https://ossrdbms-aad.database.usgovcloudapi.net")]
    [InlineData("AzureChinaCloud", "https://ossrdbms-aad.database.chinacloudapi.cn")]
    public void Each_cloud_has_an_audience_of_its_own(string cloud, string audience)
    {
        SignIn(cloud, TokenLab.Person);

        Assert.Equal(Outcome.Pass, Assert.Single(_session.RunClean<Finding>($"Get-PgSecurityFinding {At} -Control PLT-101 -IncludePassed")).Outcome);

        Assert.Contains(audience, Asked());
        Assert.DoesNotContain("https://ossrdbms-aad.database.windows.net", Asked());
    }

    [PostgresFact]
    public void A_token_for_databases_is_asked_for_when_they_are_and_held_while_it_is_good()
    {
        _session.RunClean<SecurityContext>("Connect-PgSecurity");
        Assert.DoesNotContain(Asked(), resource => resource.Contains("ossrdbms", StringComparison.Ordinal));

        _session.RunClean<Finding>($"Get-PgSecurityFinding {At} -Control PLT-101");
        _session.RunClean<Finding>($"Get-PgSecurityFinding {At} -Control PLT-101");

        Assert.Single(Asked(), resource => resource.Contains("ossrdbms", StringComparison.Ordinal));
    }

    [PostgresFact]
    public void Cmdlets_of_masking_log_in_the_same_way()
    {
        Assert.Empty(_session.Run($"Get-PgSensitiveColumn localhost postgres -Port $port -RootCertificate $roots"));
        Assert.Empty(_session.Errors);

        _session.Run("Get-PgSensitiveColumn localhost postgres -Port $port -RootCertificate $roots -UserName nobody");
        Assert.DoesNotContain(_lab.Token, Assert.Single(_session.Errors).ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public void A_token_goes_to_no_server_that_is_not_of_the_cloud()
    {
        Finding finding = Assert.Single(_session.RunClean<Finding>("Get-PgSecurityFinding -Server shop.example.com -Control PLT-101"));

        Assert.Equal(Outcome.Unknown, finding.Outcome);
        Assert.Contains("was not sent", finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.postgres.database.azure.com", true)]
    [InlineData("shop.private.postgres.database.azure.com", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("::1", true)]
    [InlineData("postgres.database.azure.com.example.com", false)]
    [InlineData("evilpostgres.database.azure.com", false)]
    [InlineData("shop.postgres.database.usgovcloudapi.net", false)]
    [InlineData("10.0.0.4", false)]
    [InlineData("", false)]
    public void Names_of_servers_are_told_from_others(string host, bool isOfAzure) => Assert.Equal(isOfAzure, DatabaseIdentity.MayGoTo(AzureCloud.Public, host));

    [PostgresFact]
    public void A_sandbox_has_no_tokens_for_databases_and_says_so()
    {
        _session.Run("Connect-PgSecurity -Sandbox");
        _session.Run("Get-PgSecurityFinding -IncludeDatabase");

        Assert.StartsWith("CredentialMissing,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void The_token_is_in_no_stream()
    {
        string all = _session.Shown($"Get-PgSecurityFinding {At} -IncludePassed -Verbose -Debug; $Error");

        Assert.Contains("IDN-101", all, StringComparison.Ordinal);
        Assert.DoesNotContain(_lab.Token[..40], all, StringComparison.Ordinal);
    }

    /// <summary>The resources that tokens were asked for.</summary>
    private IReadOnlyList<string> Asked() => _session.Run("$global:asked").Select(item => item.ToString().TrimEnd('/')).ToList();

    private void SignIn(string cloud, string account)
    {
        _session.Run("Disconnect-PgSecurity");
        _session.Run(
            "$global:asked = [Collections.Generic.List[string]]::new()\n"
            + "function global:Get-AzContext { [pscustomobject]@{ Account = [pscustomobject]@{ Id = '" + account + "' }; Tenant = [pscustomobject]@{ Id = 't' }; Environment = [pscustomobject]@{ Name = '" + cloud + "' } } }\n"
            + "function global:Get-AzAccessToken { param($ResourceUrl, $TenantId) $global:asked.Add($ResourceUrl); $t = if ($ResourceUrl -like '*ossrdbms*') { $global:token } else { $global:armToken }; [pscustomobject]@{ Token = $t; ExpiresOn = [DateTimeOffset]::UtcNow.AddMinutes(60) } }\n");
        _session.Set("armToken", TokenLab.Part("{\"alg\":\"none\"}") + "." + TokenLab.Part($"{{\"upn\":\"{account}\"}}") + ".x");
    }
}
