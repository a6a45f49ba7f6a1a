using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Shell.Documentation;
using Xunit;

namespace PgSecurity.Tests.Shell;

/// <summary>The shell as a process, as it is used.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_arguments_it_audits_the_sample_estate_on_about_a_screen()
    {
        (int exitCode, string output, string errors) = Run();
        Assert.Equal((0, ""), (exitCode, errors));
        string[] lines = output.Split('\n');
        Assert.InRange(lines.Length, 20, 80);
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 80 || line.Contains("dotnet run", StringComparison.Ordinal), line));
        Assert.Contains("Estate", output, StringComparison.Ordinal);
        Assert.Contains("Critical", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public void The_README_shows_what_it_prints()
    {
        string readme = File.ReadAllText(Repository.At("README.md")).ReplaceLineEndings("\n");
        Assert.True(readme == ReadmeSample.In(readme, Run().Output), "The README shows another audit than today's. Run: dotnet run --project src/PgSecurity.Shell -- docs");
    }

    [Fact]
    public void What_the_README_shows_is_cut_short_and_plain()
    {
        string printed = "\n\nHead  \n\n\n\u001b[32mscore\u001b[0m\n\nThe worst of 9 findings that failed:\n\n" + string.Join('\n', Enumerable.Range(1, 20)) + "\n";
        Assert.Equal(
            "a\n```text\nHead\n\nscore\n\nThe worst of 9 findings that failed:\n\n1\n2\n3\n4\n5\n6\n7\n8\n…\n```\nb",
            ReadmeSample.In("a\n```text\nold\n```\nb", printed));
        Assert.Throws<HelpPageException>(() => ReadmeSample.In("no block", printed));
    }

    [Theory]
    [InlineData("'a', 'b' | ForEach-Object { $_ }", 0, "a\nb\n")]
    [InlineData("(Get-Command -Module PgSecurity).Count -gt 0", 0, "True\n")]
    [InlineData("'before'; throw 'broken'", 1, "before\n")]
    [InlineData("Get-PgSecurityFinding nowhere.json", 0, "")]
    [InlineData("'x'; exit 7", 7, "x\n")]
    [InlineData("syntax (", 1, "")]
    public void A_command_gives_its_output_and_exit_code(string command, int exitCode, string output) =>
        Assert.Equal((exitCode, output), Essence(Run("-Command", command)));

    [Theory]
    [InlineData("Get-PgSecurityFinding -Sample -Control NET-006", "Critical", 2)]
    [InlineData("Get-PgSecurityFinding -Sample -Control NET-006", "low", 2)]
    [InlineData("Get-PgSecurityFinding -Sample -Section Logging", "Critical", 0)]
    [InlineData("Get-PgSecurityFinding -Sample -Control NET-006 | Where-Object Outcome -EQ Unknown", "Low", 0)]
    [InlineData("Get-PgSecurityFinding nowhere.json", "Critical", 1)]
    [InlineData("Get-PgSecurityFinding nowhere.json; Get-PgSecurityFinding -Sample -Control NET-006", "Critical", 2)]
    [InlineData("throw 'broken'", "Critical", 1)]
    public void FailOn_decides_the_exit_code(string command, string severity, int exitCode) =>
        Assert.Equal(exitCode, Run("-Command", command, "-FailOn", severity).ExitCode);

    [Fact]
    public void Errors_go_to_standard_error_with_their_advice()
    {
        (_, string output, string errors) = Run("-Command", "Get-PgSecurityFinding nowhere.json");
        Assert.Equal("", output);
        Assert.Contains("nowhere.json", errors, StringComparison.Ordinal);
        Assert.Contains("Correct the path", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_gets_its_arguments()
    {
        string script = _folder.Write("it's a script.ps1", "param([string] $Name, [switch] $Loud, [Parameter(ValueFromRemainingArguments)] $Rest) \"$Name|$Loud|$Rest\"");
        Assert.Equal((0, "it's $me|True|a b\n"), Essence(Run("-File", script, "-Name", "it's $me", "-Loud", "a", "b")));
        Assert.Equal((0, "x|False|\n"), Essence(Run("-File", script, "-Name:x", "-Loud:$false")));
    }

    [Fact]
    public void FailOn_after_a_script_is_the_scripts_where_it_has_it()
    {
        string plain = _folder.Write("plain.ps1", "Get-PgSecurityFinding -Sample -Control NET-006");
        string own = _folder.Write("own.ps1", "param($FailOn) $FailOn");
        Assert.Equal(2, Run("-File", plain, "-FailOn", "High").ExitCode);
        Assert.Equal((0, "High\n"), Essence(Run("-File", own, "-FailOn", "High")));
    }

    [Theory]
    [InlineData("-Nonsense")]
    [InlineData("-Command")]
    [InlineData("-File", "nowhere.ps1")]
    [InlineData("-FailOn", "Dreadful")]
    public void What_it_does_not_understand_is_an_error_that_says_how(params string[] arguments)
    {
        (int exitCode, _, string errors) = Run(arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Essence((int ExitCode, string Output, string Errors) run) => (run.ExitCode, run.Output);

    private (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using Process process = ShellProcess.Start(_folder.FullPath, arguments);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
