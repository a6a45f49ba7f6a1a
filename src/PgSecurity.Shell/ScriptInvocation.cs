using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Shell;

/// <summary>Writes the call of a script file with arguments as PowerShell reads it.</summary>
internal static class ScriptInvocation
{
    /// <summary>The script text that runs a file with arguments, names of parameters among them.</summary>
    /// <exception cref="ShellUsageException">There is no such file.</exception>
    public static string Of(string file, IEnumerable<string> arguments)
    {
        string path = Path.GetFullPath(file);
        if (!File.Exists(path)) throw new ShellUsageException($"The script '{path}' does not exist.");
        return string.Join(" ", arguments.Select(Argument).Prepend("& " + Quote(path)));
    }

    private static string Argument(string text)
    {
        if (!IsParameterName(text)) return Quote(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? text : text[..(colon + 1)] + Value(text[(colon + 1)..]);
    }

    private static bool IsParameterName(string text)
    {
        int end = text.IndexOf(':', StringComparison.Ordinal);
        string name = end < 0 ? text : text[..end];
        return name.Length > 1 && name[0] == '-' && char.IsLetter(name[1]) && name.Skip(1).All(c => char.IsLetterOrDigit(c) || c == '_');
    }

    private static string Value(string text) =>
        text.ToLowerInvariant() is "$true" or "$false" or "$null" ? text : Quote(text);

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
