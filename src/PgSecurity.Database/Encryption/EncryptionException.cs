using System;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// Something that could not be protected or opened. The message says why and never holds a value, a key, or what would
/// tell an attacker more than that it did not open.
/// </summary>
public sealed class EncryptionException : Exception
{
    /// <summary>Makes it.</summary>
    public EncryptionException(string message, string advice, Exception? cause = null)
        : base(message, cause) => Advice = advice;

    /// <summary>What to do.</summary>
    public string Advice { get; }
}
