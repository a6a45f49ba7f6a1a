using System.Text.RegularExpressions;

namespace PgSecurity.Database.Sql;

/// <summary>
/// The last line of defence: the checks select no secret, and what still looks like one is taken out of every row and message.
/// </summary>
public static class SecretText
{
    private const string Cover = "***";

    private static readonly Regex Hashes = new(
        @"SCRAM-SHA-256\$[^\s""',\\]+|\bmd5[0-9a-f]{32}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]*", RegexOptions.CultureInvariant);

    private static readonly Regex Assignments = new(
        @"(?<name>\b(?:password|passwd|pwd|secret|token|api_?key|salt)(?:\s*[=:]\s*|\s+(?=['""])))(?<value>'[^']*'|""[^""]*""|[^\s,;""'\\]+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>Whether something was covered in a text.</summary>
    public static bool IsCovered(string text) => text.IndexOf(Cover, System.StringComparison.Ordinal) >= 0;

    /// <summary>The text with password hashes, tokens and assigned passwords covered.</summary>
    public static string Mask(string text) => MaskHashes(Assignments.Replace(text, match =>
        match.Groups["value"].Value.Length < 2 ? match.Value : match.Groups["name"].Value + Cover));

    /// <summary>The text with password hashes and tokens covered: for names, in which the word <c>password</c> says nothing.</summary>
    public static string MaskHashes(string text) => Hashes.Replace(text, Cover);
}
