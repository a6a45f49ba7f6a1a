using System;
using System.Text.RegularExpressions;

namespace PgSecurity.Azure.Arm;

/// <summary>Finds the action that an identity lacks in the text of a refusal.</summary>
internal static class MissingAction
{
    // "does not have authorization to perform action 'x' over scope", and for linked scopes (a subnet, an identity):
    // "has permission to perform action 'a' on scope …; however, it does not have permission to perform action(s) 'x'".
    private static readonly string[] Phrases = { "not have authorization to perform action", "not have permission to perform action" };

    private static readonly Regex Refusal = new(
        @"^The client '(?<client>[^']*)' with object id '[^']*' does not have authorization to perform action '(?<action>[^']*)' over scope '[^']*' or the scope is invalid\.?(?: If access was recently granted, please refresh your credentials\.?)?\s*",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// The text with Resource Manager's long sentence of refusal made short: its scope is the path of the request, which every
    /// message names already.
    /// </summary>
    internal static string Shorten(string message) =>
        Refusal.Replace(message, found => $"The client '{found.Groups["client"].Value}' may not perform {found.Groups["action"].Value} there. ").Trim();

    internal static string? In(string message)
    {
        foreach (string phrase in Phrases)
        {
            int at = message.LastIndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            int start = message.IndexOf("'", at + phrase.Length, StringComparison.Ordinal);
            int end = start < 0 ? -1 : message.IndexOf("'", start + 1, StringComparison.Ordinal);
            if (end > start + 1) return message.Substring(start + 1, end - start - 1);
        }

        return null;
    }
}
