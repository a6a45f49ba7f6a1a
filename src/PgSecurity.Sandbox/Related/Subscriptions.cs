using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>Tenants and subscriptions.</summary>
internal sealed class Subscriptions : IProvider
{
    public bool Answers(Exchange exchange) =>
        exchange.Method == "GET"
        && exchange.Path.Namespace is null
        && exchange.Path.ResourceGroup is null
        && (Is(exchange, "/subscriptions") || Is(exchange, "/tenants") || Is(exchange, "/subscriptions/" + exchange.Path.Subscription));

    public SandboxResponse Answer(Exchange exchange)
    {
        if (Is(exchange, "/tenants"))
        {
            return exchange.List(new JsonNode[]
            {
                new JsonObject { ["id"] = "/tenants/" + exchange.Options.TenantId, ["tenantId"] = exchange.Options.TenantId, ["displayName"] = "Sandbox" },
            });
        }

        return exchange.Path.Subscription is string one
            ? Reply.Json(200, Subscription(exchange, one))
            : exchange.List(exchange.Estate.Subscriptions.Select(id => Subscription(exchange, id)));
    }

    private static JsonObject Subscription(Exchange exchange, string id)
    {
        JsonObject body = Whole(exchange, id);
        if (string.CompareOrdinal(exchange.ApiVersion, "2019-06-01") >= 0) return body;
        body.Remove("managedByTenants");
        body.Remove("tenantId");
        return body;
    }

    private static JsonObject Whole(Exchange exchange, string id) => new()
    {
        ["id"] = "/subscriptions/" + id,
        ["authorizationSource"] = "RoleBased",
        ["managedByTenants"] = new JsonArray(),
        ["subscriptionId"] = id,
        ["tenantId"] = exchange.Options.TenantId,
        ["displayName"] = "Sandbox " + id.Substring(0, System.Math.Min(8, id.Length)),
        ["state"] = "Enabled",
        ["subscriptionPolicies"] = new JsonObject
        {
            ["locationPlacementId"] = "Public_2014-09-01",
            ["quotaId"] = "PayAsYouGo_2014-09-01",
            ["spendingLimit"] = "Off",
        },
    };

    private static bool Is(Exchange exchange, string path) => ArmPath.Same(exchange.Path.Text, path);
}
