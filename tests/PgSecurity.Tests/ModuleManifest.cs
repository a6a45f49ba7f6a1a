using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace PgSecurity.Tests;

/// <summary>What PgSecurity.psd1 says, read as data.</summary>
internal static class ModuleManifest
{
    public static IReadOnlyList<string> Cmdlets() => Names("CmdletsToExport");

    public static IReadOnlyList<string> Names(string key) =>
        Value(key) is string one ? [one] : ((IEnumerable)Value(key)!).Cast<object>().Select(name => name.ToString()!).ToArray();

    public static object? Value(string key)
    {
        ScriptBlockAst script = Parser.ParseFile(Repository.Manifest, out _, out ParseError[] errors);
        if (errors.Length > 0) throw new FormatException(errors[0].Message);
        HashtableAst table = (HashtableAst)script.Find(node => node is HashtableAst, searchNestedScriptBlocks: false);
        return ((Hashtable)table.SafeGetValue())[key];
    }
}
