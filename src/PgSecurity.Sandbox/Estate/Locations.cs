using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Sandbox.Estate;

/// <summary>The service takes <c>uksouth</c> and gives <c>UK South</c>.</summary>
internal static class Locations
{
    private static readonly Dictionary<string, string> Display = new[]
    {
        "East US", "East US 2", "East US 2 EUAP", "Central US EUAP", "West US", "West US 2", "West US 3", "Central US",
        "North Central US", "South Central US", "West Central US", "Canada Central", "Canada East", "Brazil South",
        "Brazil Southeast", "Mexico Central", "Chile Central", "North Europe", "West Europe", "UK South", "UK West",
        "France Central", "France South", "Germany West Central", "Germany North", "Norway East", "Norway West",
        "Sweden Central", "Sweden South", "Switzerland North", "Switzerland West", "Poland Central", "Italy North",
        "Spain Central", "Austria East", "Belgium Central", "Israel Central", "Qatar Central", "UAE North", "UAE Central",
        "South Africa North", "South Africa West", "Central India", "South India", "West India", "Jio India Central",
        "Jio India West", "East Asia", "Southeast Asia", "Japan East", "Japan West", "Korea Central", "Korea South",
        "Australia East", "Australia Southeast", "Australia Central", "Australia Central 2", "New Zealand North",
        "Indonesia Central", "Malaysia West", "Taiwan North", "Taiwan Northwest", "China North 3", "China East 3",
        "USGov Virginia", "USGov Arizona", "USGov Texas",
    }.ToDictionary(Code, name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The short form: <c>uksouth</c>.</summary>
    internal static string Code(string location) => string.Concat(location.Split(' ')).ToLowerInvariant();

    /// <summary>The form that a server answers with: <c>UK South</c>; the text itself where the region is not known.</summary>
    internal static string Name(string location) => Display.TryGetValue(Code(location), out string? name) ? name : location;

    /// <summary>Whether a region is known.</summary>
    internal static bool IsKnown(string location) => Display.ContainsKey(Code(location)) || ArmPath.Same(location, "global");

    /// <summary>The short forms of all regions.</summary>
    internal static IEnumerable<string> Codes => Display.Keys;
}
