using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>
/// Diagnostic settings of a resource: written at once, five at most, ids in lower case, members that were not sent null,
/// as recorded. Errors of this provider stand without <c>error</c> around them.
/// </summary>
internal sealed class DiagnosticSettings : IProvider
{
    private const string Type = "Microsoft.Insights/diagnosticSettings";
    private const int Most = 5;

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        SandboxResponse? missing = ScopeExists.Check(exchange);
        if (missing is not null) return missing;
        ArmPath path = exchange.Path;
        if (!path.IsResource)
        {
            return exchange.Method == "GET" ? exchange.List(At(exchange)) : Error(405, "MethodNotAllowed", "The method is not allowed.");
        }

        EstateResource? there = exchange.Estate.Find(path.Text);
        switch (exchange.Method)
        {
            case "GET":
                return there is null ? Error(404, "ResourceNotFound", $"The diagnostic setting '{path.Name}' doesn't exist.") : Reply.Resource(200, there);
            case "PUT":
                return Put(exchange, there);
            case "DELETE":
                if (there is null) return Reply.Empty(204);
                exchange.Estate.Remove(path.Text);
                return Reply.Empty(200);
            default:
                return Error(405, "MethodNotAllowed", "The method is not allowed.");
        }
    }

    private static System.Collections.Generic.IReadOnlyList<EstateResource> At(Exchange exchange) =>
        exchange.Estate.Collection(exchange.Path.Scope + "/providers/" + Type);

    private static SandboxResponse Put(Exchange exchange, EstateResource? there)
    {
        ArmPath path = exchange.Path;
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string[] destinations = { "workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId" };
        if (destinations.All(name => string.IsNullOrEmpty(sent.Text(name))))
        {
            return Error(400, "BadRequest", "At least one data sink needs to be specified.");
        }

        if (there is null && exchange.Estate.Collection(path.Parent).Count >= Most)
        {
            return Error(409, "Conflict", $"The limit of {Most} diagnostic settings was reached.");
        }

        SandboxResponse? refusal = CheckPartner(exchange, sent) ?? CheckWorkspace(exchange, sent) ?? CheckCategories(path, sent);
        if (refusal is not null) return refusal;
        string id = (path.Scope + "/providers/microsoft.insights").ToLowerInvariant()
            + "/diagnosticSettings/" + path.Name;
        EstateResource made = exchange.Estate.Put(id, Type, path.Name, Body(id, path, sent!));
        SandboxResponse response = Reply.Resource(200, made);
        Complete(exchange, made);
        return response;
    }

    private static SandboxResponse? CheckPartner(Exchange exchange, JsonObject? sent) =>
        sent.Text("marketplacePartnerId") is { Length: > 0 } partner && exchange.Estate.Find(partner) is null
            ? Error(
                400,
                "BadRequest",
                $"The marketplace partner resource: {partner.ToLowerInvariant()} was not found or does not support the required functionality.")
            : null;

    private static SandboxResponse? CheckWorkspace(Exchange exchange, JsonObject? sent)
    {
        if (sent.Text("workspaceId") is not { Length: > 0 } workspace) return null;
        bool keepsWorkspaces = exchange.Estate.OfType("Microsoft.OperationalInsights/workspaces").Any();
        return keepsWorkspaces && exchange.Estate.Find(workspace) is null
            ? Error(400, "BadRequest", $"Resource '{workspace}' was not found or has been deleted.")
            : null;
    }

    private static SandboxResponse? CheckCategories(ArmPath path, JsonObject? sent)
    {
        if (!ArmPath.Parse(path.Scope).Is(KnownTypes.Server)) return null;
        foreach (JsonObject log in (sent.Find("logs") as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            string? category = log.Text("category");
            string? group = log.Text("categoryGroup");
            if (!string.IsNullOrEmpty(category) && !string.IsNullOrEmpty(group)) return Error(400, "BadRequest", "A log has either a category or a category group.");
            if (!string.IsNullOrEmpty(category) && !DiagnosticCategories.Logs.Any(known => ArmPath.Same(known, category)))
            {
                return Error(400, "BadRequest", $"Category '{category}' is not supported.");
            }

            if (!string.IsNullOrEmpty(group) && !DiagnosticCategories.Groups.Any(known => ArmPath.Same(known, group)))
            {
                return Error(400, "BadRequest", $"Category group '{group}' is not supported.");
            }
        }

        return null;
    }

    /// <summary>What a later GET has and the answer to the PUT has not: the region, and the metrics that are off (recorded).</summary>
    private static void Complete(Exchange exchange, EstateResource made)
    {
        if (exchange.Estate.Find(exchange.Path.Scope)?.Body.Text("location") is not { } location) return;
        made.Body["location"] = Locations.Code(location);
        if (made.Properties["metrics"] is JsonArray { Count: 0 })
        {
            made.Properties["metrics"] = new JsonArray(new JsonObject
            {
                ["category"] = "AllMetrics",
                ["enabled"] = false,
                ["retentionPolicy"] = new JsonObject { ["enabled"] = false, ["days"] = 0 },
            });
        }
    }

    private static JsonObject Body(string id, ArmPath path, JsonObject sent)
    {
        JsonObject properties = new();
        foreach (string name in new[] { "storageAccountId", "serviceBusRuleId", "workspaceId", "eventHubAuthorizationRuleId", "eventHubName" })
        {
            properties[name] = sent.Find(name)?.DeepClone();
        }

        if (sent.Find("marketplacePartnerId") is JsonNode partner) properties["marketplacePartnerId"] = partner.DeepClone();
        properties["metrics"] = Entries(sent.Find("metrics"), isLog: false);
        properties["logs"] = Entries(sent.Find("logs"), isLog: true);
        properties["logAnalyticsDestinationType"] = sent.Find("logAnalyticsDestinationType")?.DeepClone();
        return new JsonObject
        {
            ["id"] = id,
            ["type"] = Type,
            ["name"] = path.Name,
            ["location"] = null,
            ["kind"] = null,
            ["tags"] = null,
            ["properties"] = properties,
            ["identity"] = null,
        };
    }

    private static JsonArray Entries(JsonNode? sent, bool isLog)
    {
        JsonArray entries = new();
        foreach (JsonObject entry in (sent as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            JsonObject made = new() { ["category"] = entry.Text("category") };
            if (isLog) made["categoryGroup"] = entry.Text("categoryGroup");
            made["enabled"] = entry.IsTrue("enabled");
            made["retentionPolicy"] = entry.Find("retentionPolicy")?.DeepClone() ?? new JsonObject { ["enabled"] = false, ["days"] = 0 };
            entries.Add(made);
        }

        return entries;
    }

    private static SandboxResponse Error(int status, string code, string message) => Reply.Json(status, Reply.ErrorBody(code, message));
}
