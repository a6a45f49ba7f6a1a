using PgSecurity.Core;

namespace PgSecurity.Core.Defaults;

/// <summary>What the service offers in a region, by Microsoft's table of one day (<c>module/Defaults/regions.json</c>).</summary>
/// <param name="Name">The short name, such as <c>uksouth</c>.</param>
/// <param name="DisplayName">The name as the service answers it, such as <c>UK South</c>.</param>
/// <param name="ZoneRedundantHa">Zone-redundant high availability; unknown where it is closed to new servers.</param>
/// <param name="GeoRedundantBackup">Geo-redundant backup.</param>
/// <param name="ConfidentialCompute">SKUs of confidential compute.</param>
public sealed record RegionOffer(
    string Name, string DisplayName, Truth ZoneRedundantHa, Truth GeoRedundantBackup, Truth ConfidentialCompute);
