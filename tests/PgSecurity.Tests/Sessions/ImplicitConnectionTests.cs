using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Tests.Credentials;
using PgSecurity.Tests.Shell;
using Xunit;

namespace PgSecurity.Tests.Sessions;

/// <summary>Connecting with what is there, in processes with an environment of their own: which identity is taken, and what is told of the others.</summary>
public sealed class ImplicitConnectionTests : IDisposable
{
    private const string HostProof = "proof-that-nobody-shows";
    private const string Claims = """{"upn":"adele.vance@contoso.com","tid":"the-tenant","exp":4102444800}""";
    private const string ShowSource = "$c = Connect-PgSecurity; '{0}|{1}' -f $c.Source, $c.Account";
    private static readonly string Token = $"h.{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Claims)).TrimEnd('=')}.s";
    private static readonly string[] Names =
        ["IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET", "AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "AUTOMATION_ASSET_ACCOUNTID"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_managed_identity_of_the_environment_comes_before_the_Azure_CLI()
    {
        using IdentityEndpoint identity = new(_ => (200, $$"""{"access_token":"{{Token}}","expires_on":"4102444800"}"""));

        (string output, string errors) = await RunAsync(ShowSource, With(identity, FakeAzureCli()));

        Assert.Equal(("managed identity (IDENTITY_ENDPOINT)|adele.vance@contoso.com", ""), (output, errors));
        Assert.Contains("X-IDENTITY-HEADER: " + HostProof, identity.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(AzureCliMark));
    }

    [Fact]
    public async Task The_environment_chooses_a_user_assigned_identity()
    {
        using IdentityEndpoint identity = new(_ => (200, $$"""{"access_token":"{{Token}}","expires_on":"4102444800"}"""));
        Dictionary<string, string?> variables = With(identity, null);
        variables["AZURE_CLIENT_ID"] = "the-user-assigned";

        await RunAsync(ShowSource, variables);

        Assert.Contains("client_id=the-user-assigned", identity.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CI")]
    [InlineData("TF_BUILD")]
    [InlineData("GITHUB_ACTIONS")]
    public async Task A_build_agent_that_signed_in_to_the_Azure_CLI_is_connected(string mark)
    {
        if (OperatingSystem.IsWindows()) return;
        Dictionary<string, string?> variables = With(null, FakeAzureCli());
        variables[mark] = "true";

        Assert.Equal(("Azure CLI|adele.vance@contoso.com", ""), await RunAsync(ShowSource, variables));
    }

    [Fact]
    public async Task A_runbook_never_starts_the_Azure_CLI()
    {
        Dictionary<string, string?> variables = With(null, FakeAzureCli());
        variables["AUTOMATION_ASSET_ACCOUNTID"] = "an-account";

        (_, string errors) = await RunAsync(ShowSource, variables);

        Assert.Contains("Azure CLI: a runbook cannot start it", Flat(errors), StringComparison.Ordinal);
        Assert.False(File.Exists(AzureCliMark));
    }

    [Fact]
    public async Task An_identity_that_was_there_and_gave_no_token_is_told_of()
    {
        if (OperatingSystem.IsWindows()) return;
        using IdentityEndpoint identity = new(_ => (400, """{"error":"invalid_request","error_description":"Identity not found"}"""));

        (string output, _) = await RunAsync("$w = @(); $c = Connect-PgSecurity -WarningVariable w -WarningAction SilentlyContinue; $c.Source; \"$w\"", With(identity, FakeAzureCli()));

        Assert.StartsWith("Azure CLI\n", output, StringComparison.Ordinal);
        Assert.Contains("managed identity (IDENTITY_ENDPOINT): ", output, StringComparison.Ordinal);
        Assert.Contains("400: Identity not found", output, StringComparison.Ordinal);
        Assert.DoesNotContain(HostProof, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_error_lists_all_that_was_tried_and_why_each_failed_and_no_secret()
    {
        if (OperatingSystem.IsWindows()) return;
        using IdentityEndpoint identity = new(_ => (400, """{"error_description":"Identity not found"}"""));

        (string output, string errors) = await RunAsync(ShowSource + "; 'after'", With(identity, FakeAzureCli("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1")));

        Assert.Equal("", output);
        string told = Flat(errors);
        foreach (string part in new[]
        {
            "Az context: Az.Accounts is not loaded", "managed identity (IDENTITY_ENDPOINT): ", "400: Identity not found", "workload identity: AZURE_FEDERATED_TOKEN_FILE is not set",
            "environment: AZURE_CLIENT_ID, AZURE_TENANT_ID and a secret or certificate are not all set", "Azure CLI: ", "az login", "Connect-PgSecurity -Sandbox needs none",
        })
        {
            Assert.Contains(part, told, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(HostProof, told, StringComparison.Ordinal);
        Assert.Equal(1, CountOf("There is no connection to Azure", told));
    }

    [Theory]
    [InlineData("'$token'")]
    [InlineData("(& { $s = [Security.SecureString]::new(); '$token'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; $s })")]
    public async Task The_module_Az_Accounts_comes_first_and_is_asked_on_the_pipelines_thread(string token)
    {
        using IdentityEndpoint identity = new(_ => (200, "{}"));
        string module = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullPath, "Az.Accounts")).FullName, "Az.Accounts.psm1");
        File.WriteAllText(module, $$"""
            function Get-AzContext { [pscustomobject]@{ Account = [pscustomobject]@{ Id = 'adele.vance@contoso.com' }; Tenant = [pscustomobject]@{ Id = 'the-tenant' }; Subscription = [pscustomobject]@{ Id = 's' }; Environment = [pscustomobject]@{ Name = 'AzureCloud' } } }
            function Get-AzAccessToken {
                [CmdletBinding()] param($ResourceUrl, $TenantId)
                $global:threads += [Threading.Thread]::CurrentThread.ManagedThreadId
                $global:asked += "$ResourceUrl of $TenantId"
                [pscustomobject]@{ Token = {{token.Replace("$token", Token, StringComparison.Ordinal)}}; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) }
            }
            """);

        (string output, string errors) = await RunAsync(
            $"$threads = @(); $asked = @(); Import-Module '{module}'; " + ShowSource + "; $asked; ($threads | Where-Object {{ $_ -ne [Threading.Thread]::CurrentThread.ManagedThreadId }}).Count".Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal),
            With(identity, null));

        Assert.Equal("", errors);
        Assert.Equal(
            ["Az context|adele.vance@contoso.com", "https://management.azure.com of the-tenant", "https://graph.microsoft.com of the-tenant", "0"],
            output.Split('\n'));
        Assert.Empty(identity.Requests);
    }

    private string AzureCliMark => Path.Combine(_folder.FullPath, "az-was-started");

    /// <summary>A folder with a command az that answers as the real one does.</summary>
    private string FakeAzureCli(string? body = null)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.FullPath, "bin")).FullName;
        string az = Path.Combine(folder, "az");
        body ??= $"echo '{{\"accessToken\":\"{Token}\",\"expiresOn\":\"2100-01-01 00:00:00.000000\",\"expires_on\":4102444800,\"tenant\":\"the-tenant\",\"tokenType\":\"Bearer\"}}'";
        File.WriteAllText(az, $"#!/bin/sh\ntouch '{AzureCliMark}'\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }

    private static Dictionary<string, string?> With(IdentityEndpoint? identity, string? azureCliFolder)
    {
        Dictionary<string, string?> variables = Names.ToDictionary(name => name, _ => (string?)null);
        if (identity is not null) (variables["IDENTITY_ENDPOINT"], variables["IDENTITY_HEADER"]) = (identity.Address.AbsoluteUri, HostProof);
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0 && !File.Exists(Path.Combine(folder, "az")) && !File.Exists(Path.Combine(folder, "az.cmd")));
        variables["PATH"] = string.Join(Path.PathSeparator, azureCliFolder is null ? folders : folders.Prepend(azureCliFolder));
        return variables;
    }

    private async Task<(string Output, string Errors)> RunAsync(string command, Dictionary<string, string?> variables)
    {
        using Process process = ShellProcess.Start(_folder.FullPath, variables, "-Command", command);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output.ReplaceLineEndings("\n").TrimEnd(), (await errors).TrimEnd());
    }

    /// <summary>Without the breaks that a narrow terminal makes.</summary>
    private static string Flat(string text) => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static int CountOf(string part, string text) => text.Split(part).Length - 1;
}
