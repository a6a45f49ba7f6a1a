using System.Text.Json.Nodes;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>A workbook of Azure Monitor that shows the findings of a query: what fails by severity and section, and each finding.</summary>
internal static class QueryWorkbook
{
    /// <summary>The workbook's content, as the portal's Advanced Editor takes it.</summary>
    public static JsonObject Of(QueryExport export) => new()
    {
        ["version"] = "Notebook/1.0",
        ["items"] = new JsonArray(
            Text($"## Security of Azure Database for PostgreSQL\n\nThe {export.Queries.Count} controls of PgSecurity that Azure Resource Graph can answer. Server parameters, firewall rules, administrators and what is computed from several resources are not among them: PgSecurity itself checks those."),
            Query("outcomes", "Findings by outcome", export.Whole + "| summarize Findings = count() by Outcome\n", "piechart"),
            Query("sections", "What fails, by section and severity", export.Whole + "| where Outcome == 'Fail'\n| summarize Findings = count() by Section, Severity\n", "categoricalbar"),
            Query("findings", "What fails or is not known", export.Whole + "| where Outcome in ('Fail', 'Unknown')\n| order by ServerName asc, ControlId asc\n", "table")),
        ["fallbackResourceIds"] = new JsonArray("Azure Monitor"),
        ["$schema"] = "https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json",
    };

    private static JsonObject Text(string markdown) => new()
    {
        ["type"] = 1, ["content"] = new JsonObject { ["json"] = markdown }, ["name"] = "about",
    };

    /// <summary>An item of type 3 is a query; query type 1 is Resource Graph, over every subscription that the reader may see.</summary>
    private static JsonObject Query(string name, string title, string query, string visualization) => new()
    {
        ["type"] = 3,
        ["content"] = new JsonObject
        {
            ["version"] = "KqlItem/1.0",
            ["query"] = query,
            ["size"] = visualization == "table" ? 0 : 1,
            ["title"] = title,
            ["queryType"] = 1,
            ["resourceType"] = "microsoft.resourcegraph/resources",
            ["crossComponentResources"] = new JsonArray("value::all"),
            ["visualization"] = visualization,
        },
        ["name"] = name,
    };
}
