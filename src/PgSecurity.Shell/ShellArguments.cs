using System;
using System.Collections.Generic;

namespace PgSecurity.Shell;

/// <summary>What the command line asks for.</summary>
internal sealed class ShellArguments
{
    /// <summary>A pipeline to run, or <c>-</c> to read it from standard input.</summary>
    public string? Command { get; private set; }

    /// <summary>A script to run.</summary>
    public string? File { get; private set; }

    /// <summary>What follows the script's path.</summary>
    public List<string> FileArguments { get; } = [];

    /// <summary>The severity from which a failed finding in the output makes the exit code 2.</summary>
    public Severity? FailOn { get; private set; }

    /// <summary>Whether the documentation is to be written anew.</summary>
    public bool Docs { get; private set; }

    /// <summary>Whether the module's package is to be made.</summary>
    public bool Package { get; private set; }

    /// <summary>What the sandbox is to serve; null where it is not asked for.</summary>
    public SandboxArguments? Sandbox { get; private set; }

    /// <summary>Whether the usage is asked for.</summary>
    public bool Help { get; private set; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="ShellUsageException">An argument is unknown, or lacks its value.</exception>
    public static ShellArguments Parse(IReadOnlyList<string> arguments)
    {
        ShellArguments parsed = new();
        for (int index = 0; index < arguments.Count; index++)
        {
            string argument = arguments[index];
            switch (Normalize(argument))
            {
                case "-command" or "-c":
                    parsed.Command = ValueOf(arguments, ref index);
                    break;
                case "-file" or "-f":
                    parsed.File = ValueOf(arguments, ref index);
                    parsed.TakeFileArguments(arguments, index + 1);
                    index = arguments.Count;
                    break;
                case "-failon":
                    parsed.FailOn = SeverityOf(ValueOf(arguments, ref index));
                    break;
                case "docs":
                    parsed.Docs = true;
                    break;
                case "package":
                    parsed.Package = true;
                    break;
                case "sandbox" when index == 0:
                    parsed.Sandbox = SandboxArguments.Parse(arguments, index + 1);
                    index = arguments.Count;
                    break;
                case "-help" or "-h" or "-?":
                    parsed.Help = true;
                    break;
                default:
                    throw new ShellUsageException($"'{argument}' is not an argument of this shell.");
            }
        }

        if (parsed.Command is not null && parsed.File is not null)
        {
            throw new ShellUsageException("-Command and -File exclude each other.");
        }

        return parsed;
    }

    /// <summary>-FailOn is the shell's also after a script's path, unless the script has a parameter of that name.</summary>
    private void TakeFileArguments(IReadOnlyList<string> arguments, int index)
    {
        bool scriptHasFailOn = ScriptParameters.Has(File!, nameof(FailOn));
        for (; index < arguments.Count; index++)
        {
            if (!scriptHasFailOn && Normalize(arguments[index]) == "-failon") FailOn = SeverityOf(ValueOf(arguments, ref index));
            else FileArguments.Add(arguments[index]);
        }
    }

    /// <summary>An argument without regard to case, and with one dash where it has two.</summary>
    internal static string Normalize(string argument) =>
        (argument.StartsWith("--", StringComparison.Ordinal) ? argument[1..] : argument).ToLowerInvariant();

    /// <summary>What follows an argument.</summary>
    /// <exception cref="ShellUsageException">Nothing does.</exception>
    internal static string ValueOf(IReadOnlyList<string> arguments, ref int index) =>
        ++index < arguments.Count
            ? arguments[index]
            : throw new ShellUsageException($"{arguments[index - 1]} needs a value after it.");

    private static Severity SeverityOf(string text) =>
        Enum.TryParse(text, ignoreCase: true, out Severity severity) && Enum.IsDefined(severity)
            ? severity
            : throw new ShellUsageException(
                $"'{text}' is not a severity. Expected one of {string.Join(", ", Enum.GetNames<Severity>())}.");
}
