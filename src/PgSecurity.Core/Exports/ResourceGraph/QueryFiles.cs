using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>The files of an export to Resource Graph.</summary>
public static class QueryFiles
{
    /// <summary>The files; <c>index.json</c>, which names what was left out, comes last.</summary>
    public static IReadOnlyList<ExportFile> Of(QueryExport export)
    {
        List<ExportFile> files = new();
        if (export.Queries.Count > 0)
        {
            files.Add(new ExportFile("findings.kql", export.Whole));
            files.AddRange(export.Queries.Select(query => new ExportFile($"controls/{query.ControlId}.kql", query.Text)));
            files.Add(new ExportFile("workbook.json", ExportJson.Text(QueryWorkbook.Of(export))));
        }

        JsonArray exported = new();
        foreach (ControlQuery query in export.Queries) exported.Add(query.ControlId);
        JsonArray leftOut = new();
        foreach (LeftOutControl control in export.LeftOut)
        {
            leftOut.Add(new JsonObject { ["control"] = control.ControlId, ["title"] = control.Title, ["reason"] = control.Reason });
        }

        files.Add(new ExportFile("index.json", ExportJson.Text(new JsonObject
        {
            ["schema"] = "pgsecurity/queryexport/1", ["exported"] = exported, ["leftOut"] = leftOut,
        })));
        return files;
    }
}
