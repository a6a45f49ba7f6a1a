using System;
using System.IO;
using System.Management.Automation;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Documentation;
using PgSecurity.Shell.Documentation;
using PgSecurity.Shell.Hosting;
using PgSecurity.Shell.Packaging;

namespace PgSecurity.Shell;

/// <summary>The shell's entry: reads the command line, runs what it asks for, says how it ended.</summary>
internal static class Program
{
    private const string Usage = """
        Usage: dotnet run --project src/PgSecurity.Shell -- [arguments]

          (none)                    audit the sample estate and show findings and score
          -Command '<pipeline>'     run a pipeline with PgSecurity imported ('-' reads it from standard input)
          -File <script> [args]     run a script
          -FailOn <severity>        exit code 2 when a finding in the output fails with this severity or a greater
                                    one: Informational, Low, Medium, High, Critical
          sandbox [--port <n>] [--snapshot <file>]
                                    answer as Azure would over HTTP on this machine, with the servers of a snapshot
                                    (without one, the sample estate); prints the address, and ends with Ctrl+C or
                                    when its standard input is closed; port 0, the default, is any that is free
          docs                      write the generated documentation and help anew
          package                   make out/PgSecurity/<version>, the zip of it and its bill of materials (CycloneDX)

        Exit code: 0 ran to its end; 1 terminating error (with -FailOn, any error: what could not be read was not
        checked); 2 -FailOn is met.
        """;

    public static int Main(string[] arguments)
    {
        ReadingCulture.Set();
        try
        {
            return Run(ShellArguments.Parse(arguments));
        }
        catch (ShellUsageException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            Console.Error.WriteLine(Usage);
            return ExitCode.Error;
        }
        catch (HelpPageException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.Error;
        }
        catch (Exception failure) when (failure is IOException or RuntimeException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.Error;
        }
    }

    private static int Run(ShellArguments arguments)
    {
        if (arguments.Help)
        {
            Console.Out.WriteLine(Usage);
            return ExitCode.Success;
        }

        if (arguments.Sandbox is { } sandbox) return new SandboxVerb(sandbox, Console.Out, Console.Error).Run();

        if (arguments.Package) return WritePackage();

        using ShellSession session = ShellSession.Open();
        if (arguments.Docs) return WriteDocs(session);
        if (arguments.Command is null && arguments.File is null)
        {
            new SampleAudit(session, Console.Out).Show();
            return ExitCodeOf(session, arguments.FailOn, completed: true);
        }

        bool completed = session.Run(ScriptOf(arguments));
        return ExitCodeOf(session, arguments.FailOn, completed);
    }

    private static int WriteDocs(ShellSession session)
    {
        string root = ModuleLocation.Root();
        HelpLibrary help = new(root, session.Cmdlets());
        foreach (string path in help.Update())
        {
            Console.Out.WriteLine(Path.GetRelativePath(root, path));
        }

        string readme = Path.Combine(root, "README.md");
        File.WriteAllText(readme, ReadmeSample.In(File.ReadAllText(readme).ReplaceLineEndings("\n"), Printed(session)));
        ControlPages.Write(ControlCatalog.Load(Path.Combine(root, "module", "Controls")), Path.Combine(root, "docs", "controls"));
        File.WriteAllText(Path.Combine(root, ThirdPartyNotices.FileName), ThirdPartyNotices.Render(ShippedLibraries.Of(root)));
        return ExitCode.Success;
    }

    private static int WritePackage()
    {
        string root = ModuleLocation.Root();
        ModulePackage package = ModulePackage.Make(root, ModuleLocation.Version(), Path.Combine(root, "out"));
        foreach (string path in new[] { package.Folder, package.Archive, package.Materials })
        {
            Console.Out.WriteLine(Path.GetRelativePath(root, path));
        }

        return ExitCode.Success;
    }

    /// <summary>What the audit of the sample estate prints.</summary>
    private static string Printed(ShellSession session)
    {
        TextWriter console = Console.Out;
        using StringWriter printed = new();
        Console.SetOut(printed);
        Terminal.IsCaptured = true;
        try
        {
            new SampleAudit(session, printed).Show();
            return printed.ToString();
        }
        finally
        {
            Terminal.IsCaptured = false;
            Console.SetOut(console);
        }
    }

    private static string ScriptOf(ShellArguments arguments)
    {
        if (arguments.File is { } file) return ScriptInvocation.Of(file, arguments.FileArguments);
        return arguments.Command == "-" ? Console.In.ReadToEnd() : arguments.Command!;
    }

    private static int ExitCodeOf(ShellSession session, Severity? failOn, bool completed)
    {
        if (!completed) return ExitCode.Error;
        if (failOn is not null && session.Watch.WorstFail >= failOn) return ExitCode.FailOnMet;
        if (failOn is not null && session.Watch.HadErrors) return ExitCode.Error;
        return session.ExitCode ?? ExitCode.Success;
    }
}
