using System.Diagnostics;
using System.Threading.Tasks;
using Xunit;

namespace PgSecurity.Endurance.Tests;

/// <summary>The run as it is run for an hour, with each kind of round once.</summary>
public sealed class ShortRunTests
{
    [Fact]
    public async Task Every_kind_of_round_goes_right_and_leaves_nothing()
    {
        (int exit, string output) = await RunAsync("--rounds", "15");
        Assert.True(exit == 0, output);
        Assert.Contains("15 rounds", output, System.StringComparison.Ordinal);
        Assert.Contains("| temporary files |", output, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hours", "1", "'--hours' is no option")]
    [InlineData("--minutes", "none", "--minutes needs a whole number above zero, not 'none'")]
    public async Task What_is_not_understood_is_told(string option, string value, string message)
    {
        (int exit, string output) = await RunAsync(option, value);
        Assert.Equal(2, exit);
        Assert.Contains(message, output, System.StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(ShortRunTests).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("PGSECURITY_ENDURANCE_MINUTES");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
