using System;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>A part of a control that a query of Resource Graph cannot express; the message is the reason, a sentence.</summary>
internal sealed class NotExpressibleException : Exception
{
    public NotExpressibleException(string reason)
        : base(reason)
    {
    }
}
