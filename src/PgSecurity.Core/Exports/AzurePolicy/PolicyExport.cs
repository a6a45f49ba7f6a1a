using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>What a selection of controls comes to in Azure Policy.</summary>
/// <param name="Policies">The definitions, in the order of the catalogue.</param>
/// <param name="Initiative">The initiative's <c>properties</c>, its definitions by their ids.</param>
/// <param name="LeftOut">The controls that Azure Policy cannot express.</param>
/// <param name="Options">What it was made with.</param>
public sealed record PolicyExport(
    IReadOnlyList<ExportedPolicy> Policies, JsonObject Initiative, IReadOnlyList<LeftOutControl> LeftOut, PolicyExportOptions Options);
