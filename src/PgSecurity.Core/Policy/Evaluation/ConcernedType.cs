using System;
using System.Collections.Generic;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Policy;

/// <summary>A type of resource that a rule concerns.</summary>
internal sealed class ConcernedType
{
    private readonly bool _isOfFlexibleServer;
    private readonly bool _isOfSingleServer;
    private readonly bool _isServer;
    private readonly string[]? _names;
    private readonly int _truth;

    public ConcernedType(string type, Condition condition)
    {
        Type = type;
        Condition = condition;
        _names = condition.RequiredNames;
        _truth = condition.RequiredTruth;
        _isOfFlexibleServer = IsAtOrBelow(FacetTypes.Server);
        _isOfSingleServer = IsAtOrBelow(FacetTypes.SingleServer);
        _isServer = string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase)
            || string.Equals(type, FacetTypes.SingleServer, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The type.</summary>
    public string Type { get; }

    /// <summary>What is left of the rule's <c>if</c> for it.</summary>
    public Condition Condition { get; }

    /// <summary>
    /// Whether the posture's server can have resources of the type: a flexible server has none of a single server's
    /// children, nor the other way round.
    /// </summary>
    public bool IsPossible(Posture posture) => posture.Id.IsHost ? !_isOfFlexibleServer && !_isOfSingleServer
        : posture.Id.IsSingleServer ? !_isOfFlexibleServer
        : !_isOfSingleServer;

    /// <summary>The one resource of the type, where it is the server's own.</summary>
    public Resource? Server(Posture posture) => _isServer ? posture.Server : null;

    /// <summary>Those resources of a facet that the condition can match.</summary>
    public IReadOnlyList<Resource> Candidates(Facet facet) =>
        _names is not null ? facet.Named(_names)
        : _truth != Glimpse.None ? facet.MayBeTrue(_truth)
        : facet.Resources;

    private bool IsAtOrBelow(string server) =>
        Type.StartsWith(server, StringComparison.OrdinalIgnoreCase)
        && (Type.Length == server.Length || Type[server.Length] == '/');
}
