using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports;
using PgSecurity.Core.Exports.ResourceGraph;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.BuiltInPolicies;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>What is exported to Resource Graph gives the verdicts of the catalogue on rows of servers, run by an interpreter of its text.</summary>
public class QueryVerdictTests
{
    private static readonly Lazy<QueryExport> Made = new(() =>
        QueryExporter.Export(Catalogue.All.Controls.Select(control => CompiledControl.Compile(control, ControlSettings.None))));

    private static readonly Lazy<IReadOnlyList<(string Name, Posture Posture, JsonObject Row, IReadOnlyList<JsonObject> Plans)>> Rows = new(() => PostureCorpus.All
        .Where(one => IsWhole(one.Posture))
        .Select(one => (one.Name, Row: ToRow(one.Posture), Plans: one.Posture.FacetOf(FacetTypes.DefenderPlans)))
        .Select(one => (one.Name, AsRead(one.Row, one.Plans), one.Row, PlanRows(one.Row, one.Plans)))
        .ToList());

    public static IEnumerable<object[]> Ids() => Made.Value.Queries.Select(query => new object[] { query.ControlId });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_query_gives_the_verdict_of_its_control(string id)
    {
        string query = Made.Value.Queries.Single(one => one.ControlId == id).Text;
        CompiledControl control = Catalogue.Compile(id);
        List<string> wrong = new();
        HashSet<string> seen = new();
        foreach ((string name, Posture posture, JsonObject row, IReadOnlyList<JsonObject> plans) in Rows.Value)
        {
            string expected = Catalogue.Judge(control, posture).Outcome.ToString();
            string given = Run(query, row, plans).Single()["Outcome"]!.ToString()!;
            seen.Add(given);
            // Without a row of the plan it may be that the reader may not see it.
            bool lacksPlan = id == "LOG-015" && given == "Unknown" && plans.All(plan => (string)plan["name"]! != "OpenSourceRelationalDatabases");
            if (expected != given && !lacksPlan) wrong.Add($"{name}: {expected}, query {given}");
        }

        Assert.Empty(wrong);
        Assert.True(seen.Count > 1 || id == "PLT-005", $"Only {string.Join(", ", seen)} was seen.");
    }

    [Fact]
    public void The_whole_query_gives_what_the_queries_give()
    {
        foreach ((string name, _, JsonObject row, IReadOnlyList<JsonObject> plans) in Rows.Value.Take(60))
        {
            Dictionary<string, string> whole = Run(Made.Value.Whole, row, plans).ToDictionary(one => (string)one["ControlId"]!, one => (string)one["Outcome"]!);
            Assert.Equal(Made.Value.Queries.Select(query => query.ControlId), whole.Keys);
            Assert.All(Made.Value.Queries, query => Assert.True((string)Run(query.Text, row, plans).Single()["Outcome"]! == whole[query.ControlId], $"{name}: {query.ControlId}"));
        }
    }

    [Fact]
    public void A_row_has_the_columns_of_a_finding()
    {
        IReadOnlyDictionary<string, object?> row = Run(Made.Value.Whole, Rows.Value[0].Row, Rows.Value[0].Plans)[0];
        Assert.All(row.Keys, column => Assert.NotNull(typeof(Finding).GetProperty(column)));
        Assert.Equal((string)Rows.Value[0].Row["id"]!, row["ResourceId"]);
        Assert.All(new[] { "ControlId", "Section", "Title", "Severity", "Outcome", "Reason", "Observed" }, column => Assert.True(row.ContainsKey(column)));
    }

    [Fact]
    public void What_is_not_applicable_or_not_known_says_why()
    {
        foreach ((_, _, JsonObject row, IReadOnlyList<JsonObject> plans) in Rows.Value.Take(60))
        {
            Assert.All(
                Run(Made.Value.Whole, row, plans).Where(one => (string)one["Outcome"]! is "NotApplicable" or "Unknown"),
                one => Assert.True(((string)one["Reason"]!).Length > 10, $"{one["ControlId"]} {one["Outcome"]}"));
        }
    }

    [Fact]
    public void A_retired_single_server_is_told_from_others()
    {
        JsonObject row = (JsonObject)Rows.Value[0].Row.DeepClone();
        row["id"] = ((string)row["id"]!).Replace("flexibleServers", "servers", StringComparison.OrdinalIgnoreCase);
        row["type"] = "microsoft.dbforpostgresql/servers";
        Dictionary<string, string> outcomes = Run(Made.Value.Whole, row, []).ToDictionary(one => (string)one["ControlId"]!, one => (string)one["Outcome"]!);
        Assert.Equal("Fail", outcomes["PLT-005"]);
        Assert.All(outcomes.Where(one => one.Key != "PLT-005"), one => Assert.Equal("NotApplicable", one.Value));
    }

    [Fact]
    public void Every_control_is_exported_or_left_out_by_name_with_a_reason()
    {
        Assert.Equal(
            Catalogue.All.Controls.Select(control => control.Id).Order(),
            Made.Value.Queries.Select(query => query.ControlId).Concat(Made.Value.LeftOut.Select(control => control.ControlId)).Order());
        Assert.All(Made.Value.LeftOut, control => Assert.EndsWith(".", control.Reason, StringComparison.Ordinal));
        Assert.True(Made.Value.Queries.Count >= 15, $"Only {Made.Value.Queries.Count}.");
        Assert.Contains("configurations", Made.Value.LeftOut.Single(control => control.ControlId == "DAT-001").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_in_force_are_written_in()
    {
        CompiledControl control = Catalogue.Compile("BCK-003", new() { ["backupRetentionDays"] = System.Text.Json.JsonSerializer.SerializeToElement(33) });
        Assert.Contains("< 33)", QueryExporter.Export([control]).Whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_of_texts_ignore_case()
    {
        Assert.DoesNotContain(" == '", Made.Value.Whole, StringComparison.Ordinal);
        Assert.DoesNotContain("!= '", Made.Value.Whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_an_organisation_cannot_break_out_of_their_text()
    {
        const string Hostile = "x' or true or 'a\\' | project id //\n";
        VersionControl hostile = new(Hostile);
        string query = QueryExporter.Export([hostile.Control]).Whole;
        Assert.Equal("Pass", Run(query, Rows.Value[0].Row, []).Single()["Outcome"]);
        Assert.Equal(query.Split('\n').Length, QueryExporter.Export([new VersionControl("x").Control]).Whole.Split('\n').Length);
    }

    [Fact]
    public void The_workbook_runs_the_query_over_all_subscriptions()
    {
        ExportFile file = QueryFiles.Of(Made.Value).Single(one => one.Path == "workbook.json");
        JsonNode workbook = JsonNode.Parse(file.Content)!;
        Assert.Equal("Notebook/1.0", (string?)workbook["version"]);
        JsonNode[] queries = ((JsonArray)workbook["items"]!).Where(item => (int)item!["type"]! == 3).Select(item => item!["content"]!).ToArray();
        Assert.Equal(3, queries.Length);
        Assert.All(queries, query =>
        {
            Assert.StartsWith(Made.Value.Whole, (string)query["query"]!, StringComparison.Ordinal);
            Assert.Equal(1, (int)query["queryType"]!);
            Assert.Equal("value::all", (string?)query["crossComponentResources"]![0]);
        });
    }

    /// <summary>A control that fails a server of a version.</summary>
    private sealed class VersionControl(string version)
    {
        public CompiledControl Control => CompiledControl.Compile(
            new ControlDefinition
            {
                Id = "TST-001", Section = "Platform", Title = "It's a test", Severity = Severity.Low, Path = "test.json",
                Policy = PgSecurity.Core.Policy.PolicyDefinition.Load(
                    System.Text.Json.JsonSerializer.SerializeToElement(new JsonObject
                    {
                        ["if"] = new JsonObject
                        {
                            ["allOf"] = new JsonArray(
                                new JsonObject { ["field"] = "type", ["equals"] = FacetTypes.Server },
                                new JsonObject { ["field"] = FacetTypes.Server + "/version", ["equals"] = version }),
                        },
                        ["then"] = new JsonObject { ["effect"] = "audit" },
                    }),
                    "test"),
            },
            ControlSettings.None);
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, object?>> Run(string query, JsonObject row, IReadOnlyList<JsonObject> plans) =>
        KqlInterpreter.Run(query, new Dictionary<string, IReadOnlyList<JsonObject>> { ["resources"] = [row], ["securityresources"] = plans });

    /// <summary>Resource Graph knows whole servers, and no mark of ours.</summary>
    private static bool IsWhole(Posture posture) =>
        posture.Server.Gap is null
        && !posture.Server.Body.GetRawText().Contains(UnknownValue.Key, StringComparison.Ordinal)
        && posture.Id.ResourceType == FacetTypes.Server
        && posture.Server.Body.TryGetProperty("properties", out _);

    private static JsonObject ToRow(Posture posture)
    {
        JsonObject row = (JsonObject)JsonNode.Parse(posture.Server.Body.GetRawText())!;
        foreach (string column in new[] { "location", "sku", "identity", "tags" }) row[column] ??= null;
        row["id"] = posture.Id.Value;
        row["name"] = posture.Id.Name;
        row["type"] = "microsoft.dbforpostgresql/flexibleservers";
        row["subscriptionId"] = posture.Id.SubscriptionId;
        row["resourceGroup"] = posture.Id.ResourceGroupName;
        row["tenantId"] = "00000000-0000-0000-0000-000000000009";
        Facet connections = posture.FacetOf(FacetTypes.PrivateEndpointConnections);
        ((JsonObject)row["properties"]!).Remove("privateEndpointConnections");
        if (connections.IsComplete)
        {
            row["properties"]!["privateEndpointConnections"] = new JsonArray(connections.Resources.Select(one => JsonNode.Parse(one.Body.GetRawText())).ToArray());
        }

        return row;
    }

    private static Posture AsRead(JsonObject row, Facet plans) =>
        PostureReader.ReadText(row.ToJsonString(), "row").Single(result => result.Posture is not null).Posture!.With(
            plans.IsComplete ? plans : Facet.NotCollected(FacetTypes.DefenderPlans));

    private static IReadOnlyList<JsonObject> PlanRows(JsonObject server, Facet plans) => !plans.IsComplete ? [] : plans.Resources.Select(plan =>
    {
        JsonObject row = (JsonObject)JsonNode.Parse(plan.Body.GetRawText())!;
        row["id"] = plan.Id;
        row["name"] = plan.Name;
        row["type"] = "microsoft.security/pricings";
        row["subscriptionId"] = server["subscriptionId"]!.DeepClone();
        return row;
    }).ToList();
}
