using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PgSecurity.Database.Masking;

/// <summary>Arguments of a program as one text, by the rules by which .NET takes it apart again on every system.</summary>
internal static class CommandLine
{
    public static string Of(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quote));

    private static string Quote(string argument)
    {
        StringBuilder text = new("\"");
        int backslashes = 0;
        foreach (char letter in argument)
        {
            if (letter == '\\')
            {
                backslashes++;
                continue;
            }

            // Before a quote every backslash counts twice, and one more keeps the quote; elsewhere it counts once.
            text.Append('\\', letter == '"' ? (backslashes * 2) + 1 : backslashes).Append(letter);
            backslashes = 0;
        }

        return text.Append('\\', backslashes * 2).Append('"').ToString();
    }
}
