using System;

namespace PgSecurity.Azure.Arm;

/// <summary>The credential gave no token.</summary>
internal sealed class TokenUnavailableException : Exception
{
    internal TokenUnavailableException(Exception inner)
        : base(inner.Message, inner)
    {
    }
}
