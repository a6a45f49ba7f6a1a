using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

namespace PgSecurity.Shell;

/// <summary>The parameters that a script declares.</summary>
internal static class ScriptParameters
{
    /// <summary>Whether the script in a file has a parameter; false where there is no such file.</summary>
    public static bool Has(string file, string name) =>
        File.Exists(file)
        && Parser.ParseFile(Path.GetFullPath(file), out _, out _).ParamBlock?.Parameters
            .Any(parameter => string.Equals(parameter.Name.VariablePath.UserPath, name, StringComparison.OrdinalIgnoreCase)) == true;
}
