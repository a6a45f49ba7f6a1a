using System;
using System.Linq;

namespace PgSecurity.Azure.Credentials;

/// <summary>Why a credential gave no token, in one line: what Entra said (<c>AADSTS…</c>), wherever in the chain of exceptions it stands.</summary>
internal static class TokenRefusal
{
    private const string EntraMark = "AADSTS";

    /// <summary>The reason.</summary>
    internal static string Of(Exception error)
    {
        string? first = null;
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            string[] lines = at.Message.Split('\r', '\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
            if (lines.FirstOrDefault(line => line.IndexOf(EntraMark, StringComparison.Ordinal) >= 0) is string told)
            {
                return told.Substring(told.IndexOf(EntraMark, StringComparison.Ordinal));
            }

            first ??= lines.FirstOrDefault(line => !line.EndsWith(":", StringComparison.Ordinal));
        }

        return first ?? error.GetType().Name;
    }
}
