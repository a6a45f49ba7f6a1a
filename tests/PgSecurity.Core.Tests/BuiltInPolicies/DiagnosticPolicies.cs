using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>The definitions on diagnostic settings.</summary>
internal static class DiagnosticPolicies
{
    public const string Workspace = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security";

    public const string EventHub = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.EventHub/namespaces/evh-contoso/authorizationRules/send";

    public const string Storage = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.Storage/storageAccounts/stcontosologs";

    public static readonly BuiltInPolicy[] All =
    [
        new("78ed47da-513e-41e9-a088-e829b373281d", "Deploy Diagnostic Settings for PostgreSQL flexible servers to Log Analytics workspace")
        {
            Rule = """
                { "if": { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" },
                  "then": { "effect": "auditIfNotExists", "details": {
                    "type": "Microsoft.Insights/diagnosticSettings", "name": "[parameters('profileName')]",
                    "existenceCondition": { "allOf": [
                      { "count": { "field": "Microsoft.Insights/diagnosticSettings/logs[*]", "where": { "allOf": [
                          { "field": "Microsoft.Insights/diagnosticSettings/logs[*].enabled", "equals": "[parameters('logsEnabled')]" },
                          { "field": "microsoft.insights/diagnosticSettings/logs[*].categoryGroup", "equals": "allLogs" } ] } }, "equals": 1 },
                      { "field": "Microsoft.Insights/diagnosticSettings/metrics.enabled", "equals": "[parameters('metricsEnabled')]" } ] } } } }
                """,
            Parameters = $$"""{ "profileName": "to-log-analytics", "logsEnabled": true, "metricsEnabled": true, "logAnalytics": "{{Workspace}}" }""",
            Does = server => server.Any(FacetTypes.DiagnosticSettings, IsTheOne),
            TextSays = server => server.Any(FacetTypes.DiagnosticSettings, setting => Sends(setting).And(Destination(setting, "workspaceId").Exists)),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["another name, group audit, a category by name or another choice of metrics is flagged"] =
                    server => server.Any(FacetTypes.DiagnosticSettings, setting => Sends(setting)) == Truth.True,
            },
        },
        ByGroup("5fbd326d-328c-414e-a922-2d6963998962", "Enable logging by category group to Log Analytics", "workspaceId", "logAnalytics", Workspace),
        ByGroup("cdd1dbc6-0004-4fcd-afd7-b67550de37ff", "Enable logging by category group to Log Analytics (virtual enclaves)", "workspaceId", "logAnalytics", Workspace),
        ByGroup("bd0079c6-6f2d-42f4-9cee-e23930968f10", "Enable logging by category group to Event Hub", "eventHubAuthorizationRuleId", "eventHubAuthorizationRuleId", EventHub),
        ByGroup("499b7900-f44e-40ea-b8d3-2f3cf75f2ca4", "Enable logging by category group to Storage", "storageAccountId", "storageAccount", Storage),
    ];

    // The category group audit, the default. The event hub's definition also compares eventHubName, and two of the
    // four compare the location: the tests on Microsoft's own files give values under which neither decides.
    private static BuiltInPolicy ByGroup(string id, string title, string property, string parameter, string destination) => new(id, title)
    {
        Rule = $$"""
            { "if": { "field": "type", "equals": "microsoft.dbforpostgresql/flexibleservers" },
              "then": { "effect": "auditIfNotExists", "details": { "type": "Microsoft.Insights/diagnosticSettings", "existenceCondition": { "allOf": [
                {{Group("audit")}}, {{Group("allLogs")}},
                { "field": "Microsoft.Insights/diagnosticSettings/{{property}}", "equals": "[parameters('{{parameter}}')]" } ] } } } }
            """,
        Parameters = $$"""{ "categoryGroup": "audit", "{{parameter}}": "{{destination}}" }""",
        Does = server => server.Any(FacetTypes.DiagnosticSettings, setting => Exactly(setting).And(Destination(setting, property).Is(destination))),
        TextSays = server => server.Any(FacetTypes.DiagnosticSettings, setting => Sends(setting).And(Destination(setting, property).Exists)),
        Departures = new Dictionary<string, Func<ServerFacts, bool>>
        {
            ["the group allLogs, a category by name, or another destination of the kind is flagged"] =
                server => server.Any(FacetTypes.DiagnosticSettings, setting => Sends(setting)) == Truth.True,
        },
    };

    private static string Group(string name) => $$"""
        { "count": { "field": "Microsoft.Insights/diagnosticSettings/logs[*]", "where": { "allOf": [
            { "field": "Microsoft.Insights/diagnosticSettings/logs[*].enabled", "equals": "[equals(parameters('categoryGroup'), '{{name}}')]" },
            { "field": "microsoft.insights/diagnosticSettings/logs[*].categoryGroup", "equals": "{{name}}" } ] } }, "equals": 1 }
        """;

    private static Cell Destination(Resource setting, string property) => ServerFacts.Read(setting, "properties." + property);

    /// <summary>One enabled entry for audit and one disabled entry for allLogs, as the portal never writes it but the definition's own deployment does.</summary>
    public static Truth Exactly(Resource setting) =>
        (ServerFacts.Logs(setting).Count(one => Same(one.Group, "audit") && one.Enabled == Truth.True) == 1
            && ServerFacts.Logs(setting).Count(one => Same(one.Group, "allLogs") && one.Enabled == Truth.False) == 1).ToTruth();

    private static Truth IsTheOne(Resource setting) =>
        (Same(setting.Name, "to-log-analytics")
            && ServerFacts.Logs(setting).Count(one => Same(one.Group, "allLogs") && one.Enabled == Truth.True) == 1
            && ServerFacts.Entries(setting, "metrics").Any()
            && ServerFacts.Entries(setting, "metrics").All(one => one.Enabled == Truth.True)).ToTruth();

    public static Truth Sends(Resource setting) =>
        ServerFacts.Logs(setting).Any(one => one.Enabled == Truth.True && (Same(one.Group, "audit") || Same(one.Group, "allLogs") || Same(one.Category, "PostgreSQLLogs"))).ToTruth();

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
