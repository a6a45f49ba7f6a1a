using System;

namespace PgSecurity.Shell.Documentation;

/// <summary>A help page lacks something, or has something that it may not have; the message names page and section.</summary>
internal sealed class HelpPageException : Exception
{
    public HelpPageException(string message)
        : base(message)
    {
    }
}
