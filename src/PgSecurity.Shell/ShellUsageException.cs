using System;

namespace PgSecurity.Shell;

/// <summary>The command line cannot be understood; the message says why.</summary>
internal sealed class ShellUsageException : Exception
{
    public ShellUsageException(string message)
        : base(message)
    {
    }
}
