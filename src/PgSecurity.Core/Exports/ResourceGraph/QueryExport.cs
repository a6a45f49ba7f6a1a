using System.Collections.Generic;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>The query of one control.</summary>
/// <param name="ControlId">The control's id.</param>
/// <param name="Text">The query in the Kusto language, as Resource Graph takes it.</param>
public sealed record ControlQuery(string ControlId, string Text);

/// <summary>What a selection of controls comes to in Resource Graph.</summary>
/// <param name="Whole">One query for all controls: a row a server and control, with the columns of a finding.</param>
/// <param name="Queries">The same for each control alone.</param>
/// <param name="LeftOut">The controls that a query cannot express.</param>
public sealed record QueryExport(string Whole, IReadOnlyList<ControlQuery> Queries, IReadOnlyList<LeftOutControl> LeftOut);
