using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Azure.Arm;

/// <summary>What a list request brought: all pages, or those before a fault.</summary>
public sealed class ArmListing
{
    internal ArmListing(IReadOnlyList<JsonElement> items, ArmFault? fault)
    {
        Items = items;
        Fault = fault;
    }

    /// <summary>The members of <c>value</c>, in the service's order.</summary>
    public IReadOnlyList<JsonElement> Items { get; }

    /// <summary>Why there may be more; null where the list is complete.</summary>
    public ArmFault? Fault { get; }

    /// <summary>Whether these are all there are.</summary>
    public bool IsComplete => Fault is null;
}
