using System.Linq;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>Spells values and paths in the Kusto query language.</summary>
internal static class KqlText
{
    /// <summary>A text literal.</summary>
    public static string Literal(string text) =>
        "'" + string.Concat(text.Select(one => one switch
        {
            '\\' => @"\\",
            '\'' => @"\'",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            _ => one.ToString(),
        })) + "'";

    /// <summary>A path below a column.</summary>
    public static string Path(string column, params string[] names) =>
        column + string.Concat(names.Select(name => IsPlain(name) ? "." + name : $"[{Literal(name)}]"));

    private static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(one => one < 128 && (char.IsLetterOrDigit(one) || one == '_'));
}
