using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Tasks;
using PgSecurity.Shell;
using Xunit;

namespace PgSecurity.Tests.Shell;

/// <summary>The sandbox as a process that others speak to over HTTP.</summary>
public sealed class SandboxVerbTests : IDisposable
{
    private const string All = " -IncludePassed -IncludeNotApplicable -ErrorAction SilentlyContinue";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_answers_with_the_servers_of_a_snapshot_until_its_input_is_closed()
    {
        string snapshot = _folder.Write("estate.ndjson", SampleServers.Estate("pg-one", "pg-two"));
        using Process process = ShellProcess.Start(_folder.FullPath, "sandbox", "--port", "0", "--snapshot", snapshot);
        Uri address = new((await process.StandardOutput.ReadLineAsync())!);
        Assert.True(address.IsLoopback);

        Assert.Equal(["pg-one", "pg-two"], await ServersAsync(address));

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(ExitCode.Success, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task A_request_to_end_ends_it_also_where_nobody_holds_its_input()
    {
        if (OperatingSystem.IsWindows()) return;
        ProcessStartInfo start = new("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { "-c", "exec dotnet \"$0\" sandbox < /dev/null", ShellProcess.Path }) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Uri address = new((await process.StandardOutput.ReadLineAsync())!);
        Assert.Contains("psql-ledger-prod", await ServersAsync(address));

        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        Assert.Equal(ExitCode.Success, process.ExitCode);
    }

    [Fact]
    public async Task The_module_audits_it_as_it_audits_the_snapshot()
    {
        string snapshot = Repository.At("module", "Samples", "contoso.ndjson");
        using Process process = ShellProcess.Start(_folder.FullPath, "sandbox", "--snapshot", snapshot);
        string address = (await process.StandardOutput.ReadLineAsync())!;
        using ModuleSession session = new();

        SecurityContext context = session.ConnectTo(new Uri(address));
        Assert.Equal((address, "access token"), (context.Endpoint, context.Source));
        Dictionary<string, Outcome> live = Outcomes(session, "Get-PgSecurityFinding" + All);

        Assert.Equal(Outcomes(session, $"Get-PgSecurityFinding -Path '{snapshot}'" + All).OrderBy(Key), live.OrderBy(Key));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    [Theory]
    [InlineData("'--nonsense' is not an option of sandbox", "sandbox", "--nonsense")]
    [InlineData("'many' is not a port", "sandbox", "--port", "many")]
    [InlineData("'70000' is not a port", "sandbox", "--port", "70000")]
    [InlineData("--port needs a value", "sandbox", "--port")]
    [InlineData("nowhere.ndjson", "sandbox", "--snapshot", "nowhere.ndjson")]
    [InlineData("Line 1 of", "sandbox", "--snapshot", "broken.ndjson")]
    [InlineData("'sandbox' is not an argument", "-FailOn", "High", "sandbox")]
    public async Task What_it_cannot_do_is_an_error_that_says_why(string reason, params string[] arguments)
    {
        _folder.Write("broken.ndjson", "{\"not\": \"a posture\"}\n");
        using Process process = ShellProcess.Start(_folder.FullPath, arguments);
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(ExitCode.Error, process.ExitCode);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_says_so()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using Process process = ShellProcess.Start(_folder.FullPath, "sandbox", "--port", port);
        Assert.Contains($"Port {port} on this machine cannot be used", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await process.WaitForExitAsync();
        Assert.Equal(ExitCode.Error, process.ExitCode);
    }

    private static string Key(KeyValuePair<string, Outcome> finding) => finding.Key;

    private static Dictionary<string, Outcome> Outcomes(ModuleSession session, string script) => session.Run(script)
        .Select(item => (Finding)item.BaseObject)
        .ToDictionary(finding => finding.ServerName + " " + finding.ControlId, finding => finding.Outcome, StringComparer.Ordinal);

    private static async Task<string[]> ServersAsync(Uri address)
    {
        using HttpClient client = new() { BaseAddress = address };
        List<string> names = [];
        foreach (string subscription in await NamesAsync(client, "subscriptions?api-version=2022-12-01", "subscriptionId"))
        {
            names.AddRange(await NamesAsync(client, $"subscriptions/{subscription}/providers/Microsoft.DBforPostgreSQL/flexibleServers?api-version=2025-08-01", "name"));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static async Task<string[]> NamesAsync(HttpClient client, string path, string property)
    {
        using JsonDocument list = JsonDocument.Parse(await client.GetStringAsync(path));
        return [.. list.RootElement.GetProperty("value").EnumerateArray().Select(item => item.GetProperty(property).GetString()!)];
    }
}
