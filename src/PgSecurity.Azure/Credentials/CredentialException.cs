using System;

namespace PgSecurity.Azure.Credentials;

/// <summary>A credential that gives no token, and why. Holds no secret.</summary>
public sealed class CredentialException : Exception
{
    /// <summary>Makes the exception.</summary>
    public CredentialException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
