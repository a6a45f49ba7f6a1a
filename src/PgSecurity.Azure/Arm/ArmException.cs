using System;

namespace PgSecurity.Azure.Arm;

/// <summary>A request, or the long-running operation that it began, did not succeed.</summary>
public sealed class ArmException : Exception
{
    internal ArmException(ArmFault fault, Exception? inner = null)
        : base(fault.ToString(), inner) => Fault = fault;

    /// <summary>Why.</summary>
    public ArmFault Fault { get; }
}
