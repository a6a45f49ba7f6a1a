using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>
/// The facts of our own (<c>PgSecurity/…</c>) in a posture, by id. Evidence names the same few ids again and again, so
/// each is looked for once.
/// </summary>
internal sealed class FactIndex
{
    private const string OwnProvider = "PgSecurity/";

    private static readonly IDerivedFacet[] Derived = DerivedFacets.All.ToArray();

    // What the ids of the resources that facts are about hold: /firewallRules/. Objects of Microsoft Graph have an id without a path.
    private static readonly string?[] AboutSegment = Derived.Select(SegmentOf).ToArray();

    private readonly Posture _posture;
    private readonly Dictionary<string, Resource?> _found = new(StringComparer.Ordinal);

    private FactIndex(Posture posture) => _posture = posture;

    /// <summary>That of a posture.</summary>
    public static FactIndex Of(Posture posture) => posture.Once(static posture => new FactIndex(posture));

    /// <summary>The fact under an id; null where there is none.</summary>
    public Resource? Find(string id)
    {
        if (!_found.TryGetValue(id, out Resource? fact))
        {
            fact = BeyondArm(id) ?? FirstDerived(id);
            _found[id] = fact;
        }

        return fact;
    }

    private Resource? FirstDerived(string id)
    {
        bool isOwn = id.IndexOf(OwnProvider, StringComparison.OrdinalIgnoreCase) >= 0;
        bool isOfDirectory = !id.StartsWith("/", StringComparison.Ordinal);
        for (int i = 0; i < Derived.Length; i++)
        {
            bool mayHave = (isOwn && id.IndexOf(Derived[i].Type, StringComparison.OrdinalIgnoreCase) >= 0)
                || (AboutSegment[i] is string segment
                    && (segment.Length == 0 ? isOfDirectory : id.IndexOf(segment, StringComparison.OrdinalIgnoreCase) >= 0));
            if (mayHave && WithId(Derived[i].Type, id) is Resource fact) return fact;
        }

        return null;
    }

    private Resource? BeyondArm(string id) => OwnType(id) is string type
        && (DatabaseChecks.IsDatabaseType(type) || string.Equals(type, ControlRequirement.TlsEndpoints, StringComparison.OrdinalIgnoreCase))
        ? WithId(type, id)
        : null;

    private Resource? WithId(string type, string id) => _posture.FacetOf(type).Resources
        .FirstOrDefault(resource => string.Equals(resource.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The type of our own that an id names: <c>…/providers/PgSecurity/type/name</c>.</summary>
    private static string? OwnType(string id)
    {
        const string Provider = "/providers/";
        int at = id.LastIndexOf(Provider + OwnProvider, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        string rest = id.Substring(at + Provider.Length);
        int end = rest.IndexOf('/', OwnProvider.Length);
        return end < 0 ? null : rest.Substring(0, end);
    }

    private static string? SegmentOf(IDerivedFacet derived) => derived is not IFactsAboutResources { AboutType: string type } ? null
        : type.StartsWith("Microsoft.Graph/", StringComparison.OrdinalIgnoreCase) ? ""
        : type.Substring(type.LastIndexOf('/')) + "/";
}
