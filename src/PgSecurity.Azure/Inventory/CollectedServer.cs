using System;
using System.Collections.Generic;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>A server as it was collected, or why it could not be.</summary>
public sealed class CollectedServer
{
    internal CollectedServer(ServerId id, Posture posture, IReadOnlyList<CollectionFault> faults)
    {
        Id = id;
        Posture = posture;
        Faults = faults;
    }

    internal CollectedServer(ServerId id, ArmFault fault)
    {
        Id = id;
        Fault = fault;
        Faults = Array.Empty<CollectionFault>();
    }

    /// <summary>The server's id.</summary>
    public ServerId Id { get; }

    /// <summary>The server and all that was collected of it; null where the server itself could not be read.</summary>
    public Posture? Posture { get; }

    /// <summary>Why the server itself could not be read; null where it could.</summary>
    public ArmFault? Fault { get; }

    /// <summary>What of it could not be read, though asked for.</summary>
    public IReadOnlyList<CollectionFault> Faults { get; }
}

/// <summary>A kind of resource that could not be read.</summary>
/// <param name="Type">The type of the resources.</param>
/// <param name="Fault">Why.</param>
public sealed record CollectionFault(string Type, ArmFault Fault);
