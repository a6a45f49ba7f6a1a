using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace PgSecurity.Report.Tests.Browser;

/// <summary>A Chromium without a window, for all tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("pgsecurity-chromium-");
    private Process? _process;
    private DevTools? _tools;

    /// <summary>Why tests in a browser are left out: there is none on this machine, and this is not CI.</summary>
    public static string? SkipReason =>
        Find() is not null || Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
            ? null
            : "There is no Chromium on the path. Install it to run this test: apt-get install chromium";

    public async Task InitializeAsync()
    {
        string program = Find() ?? throw new InvalidOperationException(
            "There is no Chromium on the path, and the HTML report is tested in one. Install it: apt-get install chromium (or set CHROMIUM to its path).");
        ProcessStartInfo start = new(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string argument in (string[])
            ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking",
             "--remote-debugging-port=0", "--user-data-dir=" + _profile.FullName, "about:blank"])
        {
            start.ArgumentList.Add(argument);
        }

        // Chromium's own sandbox does not start for root, as which containers run.
        if (Environment.UserName == "root") start.ArgumentList.Add("--no-sandbox");
        try
        {
            _process = new Process { StartInfo = start };
            _tools = await DevTools.ConnectAsync(await StartAsync(_process));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_tools is not null) await _tools.DisposeAsync();
        if (_process is not null)
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        try
        {
            _profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still hold a file of the profile; it is in the folder for temporary files.
        }
    }

    /// <summary>A new page at a width, in a theme.</summary>
    public async Task<Page> OpenAsync(string html, int width = 1280, int height = 900, bool isDark = false, bool runsScripts = true)
    {
        string path = Path.Combine(_profile.FullName, Guid.NewGuid().ToString("N") + ".html");
        await File.WriteAllTextAsync(path, html);
        JsonNode target = await _tools!.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await _tools.SendAsync("Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        Page page = new(_tools, (string)attached["sessionId"]!, new Uri(path).AbsoluteUri);
        await page.OpenAsync(width, height, isDark, runsScripts);
        return page;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen) return chosen;
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    /// <summary>Starts it; it says where it listens once it does.</summary>
    private static async Task<Uri> StartAsync(Process process)
    {
        const string Listening = "DevTools listening on ";
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        StringBuilder said = new();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) address.TrySetException(new InvalidOperationException("Chromium ended before it listened: " + said));
            else if (line.Data.StartsWith(Listening, StringComparison.Ordinal)) address.TrySetResult(new Uri(line.Data[Listening.Length..]));
            else if (!address.Task.IsCompleted) said.AppendLine(line.Data);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await address.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }
}
