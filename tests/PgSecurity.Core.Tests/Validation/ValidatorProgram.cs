using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>
/// A program of others that reads back what we write, from the folder that <c>get-validators</c> fills: the one that
/// PGSECURITY_VALIDATORS names, or else the script's own. Nothing of it is in the repository.
/// </summary>
internal static class ValidatorProgram
{
    public const string Bicep = "bicep-*/bicep";
    public const string Sarif = "sarif-multitool-linux-*/Sarif.Multitool";
    public const string Kusto = "language-service-next-*/Kusto.Language.Bridge.min.js";
    public const string Axe = "axe-core-*/axe.min.js";
    public const string CycloneDxSchemas = "cyclonedx-library-*/res/schema/bom-1.6.SNAPSHOT.schema.json";

    private const string Variable = "PGSECURITY_VALIDATORS";

    private static string Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "pgsecurity",
            "validators");

    /// <summary>Why a test that needs it is left out; null where it is there.</summary>
    public static string? SkipReason(string program)
    {
        if (Find(program) is null) return $"'{program}' is not in '{Folder}'. Run tests/PgSecurity.Core.Tests/Validation/get-validators to run this test.";
        return program == Kusto && !HasNode.Value ? "There is no node on the path, on which the Kusto language service runs." : null;
    }

    /// <summary>Where a file is; of several versions the last.</summary>
    public static string PathOf(string program) => Find(program) ?? throw new FileNotFoundException(SkipReason(program));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, and all that it wrote to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments, string input = "")
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        string text = await output + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }

    private static readonly Lazy<bool> HasNode = new(() =>
    {
        try
        {
            return RunAsync("node", ["--version"]).GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    private static string? Find(string program)
    {
        string[] parts = program.Split('/', 2);
        return Directory.Exists(Folder)
            ? Directory.EnumerateDirectories(Folder, parts[0]).Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, parts[1])).LastOrDefault(File.Exists)
            : null;
    }
}
