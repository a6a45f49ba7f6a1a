using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>The categories that a server's diagnostic settings may name (azure-databases-docs, monitor, 2026-07).</summary>
internal sealed class DiagnosticCategories : IProvider
{
    internal static readonly string[] Logs =
    {
        "PostgreSQLLogs", "PostgreSQLFlexSessions", "PostgreSQLFlexQueryStoreRuntime", "PostgreSQLFlexQueryStoreWaitStats",
        "PostgreSQLFlexTableStats", "PostgreSQLFlexDatabaseXacts", "PostgreSQLFlexPGBouncer", "PostgreSQLQueryStoreSqlText",
    };

    internal static readonly string[] Groups = { "audit", "allLogs" };

    private const string Type = "microsoft.insights/diagnosticSettingsCategories";

    public bool Answers(Exchange exchange) =>
        exchange.Method == "GET" && exchange.Path.Is(Type) && ArmPath.Parse(exchange.Path.Scope).Is(KnownTypes.Server);

    public SandboxResponse Answer(Exchange exchange)
    {
        SandboxResponse? missing = ScopeExists.Check(exchange);
        if (missing is not null) return missing;
        JsonNode[] all = Logs.Select(name => Category(exchange, name, "Logs")).Append(Category(exchange, "AllMetrics", "Metrics")).ToArray<JsonNode>();
        if (!exchange.Path.IsResource) return exchange.List(all);
        JsonNode? one = all.FirstOrDefault(category => ArmPath.Same(((JsonObject)category).Text("name"), exchange.Path.Name));
        return one is null
            ? Reply.Json(404, Reply.ErrorBody("ResourceNotFound", $"The category '{exchange.Path.Name}' doesn't exist."))
            : Reply.Json(200, one);
    }

    private static JsonObject Category(Exchange exchange, string name, string kind)
    {
        JsonObject properties = new() { ["categoryType"] = kind };
        if (kind == "Logs") properties["categoryGroups"] = name == "PostgreSQLLogs" ? new JsonArray("audit", "allLogs") : new JsonArray("allLogs");
        return new JsonObject
        {
            ["id"] = exchange.Path.Scope.ToLowerInvariant() + "/providers/microsoft.insights/diagnosticSettingsCategories/" + name,
            ["type"] = Type,
            ["name"] = name,
            ["location"] = null,
            ["kind"] = null,
            ["tags"] = null,
            ["properties"] = properties,
            ["identity"] = null,
        };
    }
}
