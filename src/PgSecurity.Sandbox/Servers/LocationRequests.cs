using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Requests of the provider that are about a region or the tenant: polls, capabilities, names, the DNS suffix.</summary>
internal sealed class LocationRequests
{
    internal SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (ArmPath.Same(path.Types[0], "getPrivateDnsZoneSuffix")) return Reply.Json(200, JsonValue.Create("postgres.database.azure.com"));
        if (ArmPath.Same(path.Types[0], "checkNameAvailability")) return CheckName(exchange);
        string below = path.Types.Count > 1 ? path.Types[1] : string.Empty;
        return below.ToLowerInvariant() switch
        {
            "azureasyncoperation" or "operationresults" when path.IsResource => exchange.Operations.Poll(path, exchange.Request.Url, exchange.ApiVersion),
            "capabilities" => Capabilities.Answer(exchange),
            "checknameavailability" => CheckName(exchange),
            "checkvirtualnetworksubnetusage" => SubnetUsage(exchange),
            _ => Reply.Gateway(404, "InvalidResourceType", $"The resource type '{path.Type}' could not be found for api version '{exchange.ApiVersion}'."),
        };
    }

    private static SandboxResponse CheckName(Exchange exchange)
    {
        string name = exchange.Body.Text("name") ?? string.Empty;
        bool taken = false;
        foreach (EstateResource server in exchange.Estate.OfType(KnownTypes.Server))
        {
            taken |= ArmPath.Same(server.Name, name);
        }

        JsonObject answer = new()
        {
            ["name"] = name,
            ["type"] = exchange.Body.Text("type") ?? KnownTypes.Server,
            ["nameAvailable"] = !taken,
            ["message"] = taken ? "Specified server name is already used." : string.Empty,
        };
        if (taken) answer["reason"] = "AlreadyExists";
        return Reply.Json(200, answer);
    }

    private static SandboxResponse SubnetUsage(Exchange exchange) => Reply.Json(
        200,
        new JsonObject
        {
            ["delegatedSubnetsUsage"] = new JsonArray(),
            ["location"] = exchange.Path.Names[0],
            ["subscriptionId"] = exchange.Path.Subscription,
        });
}
