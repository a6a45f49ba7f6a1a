using System;
using System.IO;

namespace PgSecurity.Shell.Hosting;

/// <summary>What the console at the other end can do.</summary>
internal static class Terminal
{
    /// <summary>The width, in characters, where the output does not go to a terminal.</summary>
    private const int WidthOfAFile = 80;

    /// <summary>Whether output may carry colours: on a terminal, unless NO_COLOR is set or the terminal is dumb.</summary>
    public static bool HasColour { get; } =
        !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether a person can answer a question.</summary>
    public static bool IsInteractive => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Whether what is written is kept for a file, whatever the console is.</summary>
    public static bool IsCaptured { get; set; }

    /// <summary>Columns of the window.</summary>
    public static int Width
    {
        get
        {
            if (Console.IsOutputRedirected || IsCaptured) return WidthOfAFile;
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : WidthOfAFile;
            }
            catch (IOException)
            {
                return WidthOfAFile;
            }
        }
    }

    /// <summary>Lines of the window.</summary>
    public static int Height
    {
        get
        {
            if (Console.IsOutputRedirected) return int.MaxValue;
            try
            {
                return Console.WindowHeight > 0 ? Console.WindowHeight : int.MaxValue;
            }
            catch (IOException)
            {
                return int.MaxValue;
            }
        }
    }
}
