using System;

namespace PgSecurity.Core.Remediation;

/// <summary>A step that cannot be taken as it stands; the message says which and why.</summary>
public sealed class RemediationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public RemediationException(string message)
        : base(message)
    {
    }
}
