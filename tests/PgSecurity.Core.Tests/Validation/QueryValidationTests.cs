using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NJsonSchema;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports.ResourceGraph;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>The exported queries as Microsoft's Kusto language service reads them, with the columns of Resource Graph; the workbook by its schema.</summary>
public sealed class QueryValidationTests
{
    private static readonly Lazy<QueryExport> Export = new(() =>
        QueryExporter.Export(Catalogue.All.Controls.Select(control => CompiledControl.Compile(control, ControlSettings.None))));

    [ValidatorFact(ValidatorProgram.Kusto)]
    public async Task Every_query_parses_and_every_name_and_type_in_it_is_known()
    {
        string[] queries = [Export.Value.Whole, .. Export.Value.Queries.Select(query => query.Text), .. WorkbookQueries()];
        Assert.True(queries.Length > 15);
        Assert.Empty(await FaultsAsync(queries));
    }

    [ValidatorTheory(ValidatorProgram.Kusto)]
    [InlineData("resources | where propertiez.version =~ '16'")]
    [InlineData("resources | where type =~ 'x' |")]
    [InlineData("resources | summarize countif(name) by id")]
    public async Task The_language_service_would_find(string wrong) => Assert.NotEmpty(await FaultsAsync([wrong]));

    [OfficialSchemaFact(OfficialSchema.Workbook)]
    public async Task The_workbook_is_valid()
    {
        JsonSchema schema = await OfficialSchema.ReadAsync(OfficialSchema.Workbook);
        string workbook = Workbook();
        Assert.Empty(schema.Validate(workbook));
        Assert.NotEmpty(schema.Validate(workbook.Replace("\"version\": \"Notebook", "\"versions\": \"Notebook", StringComparison.Ordinal)));
    }

    private static string Workbook() => QueryFiles.Of(Export.Value).Single(file => file.Path == "workbook.json").Content;

    private static IEnumerable<string> WorkbookQueries() =>
        ((JsonArray)JsonNode.Parse(Workbook())!["items"]!).Select(item => (string?)item!["content"]!["query"]).OfType<string>();

    private static async Task<string[]> FaultsAsync(string[] queries)
    {
        (int code, string output) = await ValidatorProgram.RunAsync(
            "node",
            [
                RepositoryFiles.In("tests", "PgSecurity.Core.Tests", "Validation", "parse-queries.js"),
                Path.GetDirectoryName(ValidatorProgram.PathOf(ValidatorProgram.Kusto))!,
            ],
            JsonSerializer.Serialize(queries));
        Assert.True(code == 0, output);
        return JsonSerializer.Deserialize<string[]>(output)!;
    }
}
