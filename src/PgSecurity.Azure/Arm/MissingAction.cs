using System;

namespace PgSecurity.Azure.Arm;

/// <summary>Finds the action that an identity lacks in the text of a refusal.</summary>
internal static class MissingAction
{
    // "does not have authorization to perform action 'x' over scope", and for linked scopes (a subnet, an identity):
    // "has permission to perform action 'a' on scope …; however, it does not have permission to perform action(s) 'x'".
    private static readonly string[] Phrases = { "not have authorization to perform action", "not have permission to perform action" };

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
