using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PgSecurity.Core.Snapshots;

/// <summary>
/// What must not be written to a file: a value whose name says that it is a secret, and text that carries one inside
/// (a connection string, a signed address, a password's
/// hash, a token, a private key). It errs on the side of taking out too much: what was taken out reads as
/// unknown, never as a value.
/// </summary>
public static class Secrets
{
    /// <summary>The reason that stands in the place of a secret.</summary>
    public const string Reason = "a secret, taken out when this was written";

    private static readonly string[] Words =
    {
        "password", "passwd", "pwd", "passphrase", "secret", "token", "connectionstring", "credential", "sas",
        "accountkey", "accesskey", "sharedkey", "primarykey", "secondarykey", "masterkey", "privatekey", "apikey",
        "functionkey", "hostkey", "instrumentationkey", "salt",
    };

    private static readonly string[] WordsAnywhere = { "password", "passwd", "secret", "token", "connectionstring" };

    /// <summary>Names that hold such a word and are settings, not secrets.</summary>
    private static readonly HashSet<string> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        "passwordAuth", "AuthConfigPasswordAuth", "secrets", "password_encryption",
        "azure.accepted_password_auth_method", "md5_password_warnings",
    };

    private const string PasswordRules = "credcheck.";

    private static readonly HashSet<string> PrivateKeyMembers =
        new(StringComparer.Ordinal) { "d", "dp", "dq", "qi", "p", "q", "k" };

    private static readonly Regex SecretText = new(
        @"[?&](sig|code|s|h)=[^&\s]{16}|(AccountKey|SharedAccessKey|AccessKey|Password|Pwd|ClientSecret)\s*=\s*[^\s;]|://[^/\s:@]+:[^/\s@]+@"
        + @"|SCRAM-SHA-256\$\d+:|\bmd5[0-9a-f]{32}\b|\beyJ[\w-]{8,}\.eyJ[\w-]+\.|-----BEGIN [A-Z ]*PRIVATE KEY|\bBearer\s+[\w.~+/-]{16}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether a property of that name holds a secret.</summary>
    public static bool IsSecretName(string name)
    {
        if (Settings.Contains(name) || name.StartsWith(PasswordRules, StringComparison.OrdinalIgnoreCase)) return false;
        if (IsSecretParameter(name)) return true;
        string letters = Letters(name);
        foreach (string word in Words)
        {
            if (letters.EndsWith(word, StringComparison.Ordinal)) return true;
        }

        foreach (string word in WordsAnywhere)
        {
            if (letters.IndexOf(word, StringComparison.Ordinal) >= 0) return true;
        }

        return false;
    }

    /// <summary>Whether a server parameter's value is a secret.</summary>
    public static bool IsSecretParameter(string name) =>
        string.Equals(name, "anon.salt", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, "primary_conninfo", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether text carries a secret inside: a connection string, an address with a signature or a password.</summary>
    public static bool IsSecretText(string text)
    {
        if (text.Length < 8) return false;
        try
        {
            return SecretText.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    /// <summary>Whether a member of a JSON web key is private: only where the object says that it is a key.</summary>
    internal static bool IsPrivateKeyMember(JsonElement container, string name) =>
        PrivateKeyMembers.Contains(name) && container.TryGetProperty("kty", out _);

    private static string Letters(string name)
    {
        StringBuilder letters = new(name.Length);
        foreach (char character in name)
        {
            if (char.IsLetter(character)) letters.Append(char.ToLowerInvariant(character));
        }

        return letters.ToString();
    }
}
