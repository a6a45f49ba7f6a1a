using System.Collections.Generic;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Azure.Inventory;

/// <summary>What a control needs of Azure.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Facets">The kinds of resources that it looks at.</param>
/// <param name="Steps">What would make it pass; empty where that is not asked.</param>
public sealed record ControlNeeds(string Id, IReadOnlyCollection<string> Facets, IReadOnlyList<RemediationStep> Steps);
