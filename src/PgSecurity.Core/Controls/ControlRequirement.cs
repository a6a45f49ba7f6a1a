using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Controls;

/// <summary>
/// What a control needs beyond ARM, and so must be asked for: <c>requires</c> of its file. Without it the control is left
/// out where controls are selected by profile, so that an audit of ARM alone is not full of what nobody asked.
/// </summary>
public static class ControlRequirement
{
    /// <summary>A login to the server's databases.</summary>
    public const string Database = "database";

    /// <summary>A connection to the server's port, without a login.</summary>
    public const string Network = "network";

    /// <summary>The type of what a probe of the server's TLS found.</summary>
    public const string TlsEndpoints = "PgSecurity/tlsEndpoints";

    /// <summary>The names there are.</summary>
    public static IReadOnlyList<string> All { get; } = new[] { Database, Network };

    /// <summary>Whether a posture has anything of the kind: collected, or asked for and not to be had.</summary>
    public static bool IsAskedFor(string requirement, Posture posture) => posture.Facets.Any(facet =>
        facet.Gap is not { Kind: FacetGapKind.NotCollected } && Gives(requirement, facet.Type));

    private static bool Gives(string requirement, string type) => requirement == Database
        ? DatabaseChecks.IsDatabaseType(type)
        : string.Equals(type, TlsEndpoints, StringComparison.OrdinalIgnoreCase);
}
