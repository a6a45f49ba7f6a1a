using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ConnectPgSecurityTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void The_sandbox_is_a_connection_of_this_runspace_only()
    {
        SecurityContext context = _session.RunClean<SecurityContext>("Connect-PgSecurity -Sandbox").Single();
        Assert.True(context.IsSandbox);
        using ModuleSession other = new();
        Assert.Empty(other.RunClean<SecurityContext>("Get-PgSecurityContext"));
    }

    [Fact]
    public void A_sandbox_of_an_own_snapshot_holds_its_servers()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(
            Path.Combine(folder.FullPath, "one.ndjson"),
            File.ReadLines(Repository.At("module", "Samples", "contoso.ndjson")).First() + "\n");
        _session.Go(folder.FullPath);
        // The one line holds a server and, whole, its replica.
        Assert.Equal(
            ["psql-ledger-prod", "psql-ledger-prod-ne"],
            _session.RunClean<PgServer>("$null = Connect-PgSecurity -Sandbox -Snapshot one.ndjson; Get-PgServer").Select(server => server.ServerName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_sandbox_with_subscriptions_means_those_where_none_is_named()
    {
        const string Retail = "8d4b2a6c-1e3f-4709-b5c8-d9e0f1a2b3c4";
        SecurityContext context = _session.RunClean<SecurityContext>($"Connect-PgSecurity -Sandbox -Subscription {Retail}").Single();
        Assert.Equal([Retail], context.Subscriptions);
        Assert.Equal([Retail], _session.RunClean<PgServer>("Get-PgServer").Select(server => server.SubscriptionId).Distinct());
        _session.Run("$null = Connect-PgSecurity -Sandbox -Subscription nowhere; Get-PgServer");
        Assert.Contains("nowhere", Assert.Single(_session.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_credential_one_error_lists_what_was_tried()
    {
        if (Credentials.MayBeThere) return;
        _session.Run("Connect-PgSecurity");
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("NotConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        foreach (string source in new[] { "Az context", "managed identity", "workload identity", "environment", "Azure CLI" })
        {
            Assert.Contains(source + ": ", error.ErrorDetails.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-Cloud AzureChinaCloud")]
    [InlineData("-Endpoint https://example.com")]
    public void A_sandbox_is_nowhere_in_Azure(string where)
    {
        _session.Run("Connect-PgSecurity -Sandbox " + where);
        Assert.StartsWith("ArgumentWrong,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("ftp://127.0.0.1")]
    public void An_endpoint_that_would_show_the_token_is_refused(string endpoint)
    {
        _session.Run($"Connect-PgSecurity -FromEnvironment -Endpoint {endpoint}");
        Assert.StartsWith("ArgumentWrong,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'aaa.bbb.ccc'")]
    [InlineData("(& { $s = [Security.SecureString]::new(); 'aaa.bbb.ccc'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s })")]
    public void The_login_of_Az_is_taken_as_text_or_as_a_secure_string(string token)
    {
        SecurityContext context = _session.RunClean<SecurityContext>(
            "function global:Get-AzContext { [pscustomobject]@{ Account = [pscustomobject]@{ Id = 'a@b.c' }; Tenant = [pscustomobject]@{ Id = 't' }; Subscription = [pscustomobject]@{ Id = 's' }; Environment = [pscustomobject]@{ Name = 'AzureUSGovernment' } } }\n"
            + "function global:Get-AzAccessToken { param($ResourceUrl, $TenantId) [pscustomobject]@{ Token = " + token + "; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }\n"
            + "Connect-PgSecurity").Single();
        Assert.Equal(("Az context", "AzureUSGovernment"), (context.Source, context.Cloud));
    }

    [Fact]
    public void No_token_is_shown_anywhere()
    {
        string shown = _session.Shown(
            "$s = [Security.SecureString]::new(); 'aaa.secret.ccc'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; Connect-PgSecurity -AccessToken $s -Verbose -Debug; Get-PgSecurityContext");
        Assert.Contains("Source", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("aaa.secret", shown, StringComparison.Ordinal);
    }
}
