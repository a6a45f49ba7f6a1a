using System;
using System.Collections.Generic;
using System.Globalization;

namespace PgSecurity.Shell;

/// <summary>What follows <c>sandbox</c> on the command line.</summary>
/// <param name="Port">The port on loopback, 0 to 65535; 0 for any that is free.</param>
/// <param name="Snapshot">The snapshot that is served; null for the sample estate.</param>
internal sealed record SandboxArguments(int Port, string? Snapshot)
{
    /// <summary>Reads the options of the verb.</summary>
    /// <exception cref="ShellUsageException">An option is unknown, lacks its value, or its value is no port.</exception>
    public static SandboxArguments Parse(IReadOnlyList<string> arguments, int from)
    {
        SandboxArguments parsed = new(0, null);
        for (int index = from; index < arguments.Count; index++)
        {
            parsed = ShellArguments.Normalize(arguments[index]) switch
            {
                "-port" => parsed with { Port = PortOf(ShellArguments.ValueOf(arguments, ref index)) },
                "-snapshot" => parsed with { Snapshot = ShellArguments.ValueOf(arguments, ref index) },
                _ => throw new ShellUsageException($"'{arguments[index]}' is not an option of sandbox. It has --port and --snapshot."),
            };
        }

        return parsed;
    }

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= 65535
            ? port
            : throw new ShellUsageException($"'{text}' is not a port. Expected a number from 0 to 65535; 0 takes any that is free.");
}
