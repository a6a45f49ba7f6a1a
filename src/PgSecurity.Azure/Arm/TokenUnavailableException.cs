using System;
using PgSecurity.Azure.Credentials;

namespace PgSecurity.Azure.Arm;

/// <summary>The credential gave no token.</summary>
internal sealed class TokenUnavailableException : Exception
{
    internal TokenUnavailableException(Exception inner)
        : base(TokenRefusal.Of(inner), inner)
    {
    }
}
