using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Related;

/// <summary>
/// Resources that are read, listed, put and deleted without rules of their own: identities, networks, workspaces,
/// alerts, action groups, policy assignments, HSMs, backup instances.
/// </summary>
internal sealed class PlainResources : IProvider
{
    private readonly Dictionary<string, PlainType> _types = PlainType.All.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);

    public bool Answers(Exchange exchange) =>
        exchange.Path.Namespace is not null && exchange.Path.Types.Count > 0 && _types.ContainsKey(exchange.Path.Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        ArmPath path = exchange.Path;
        PlainType type = _types[path.Type];
        if (path.IsResource && path.Types.Count > 1 && exchange.Estate.Find(path.Text) is null && exchange.Estate.Find(Above(path)) is null && exchange.Method != "DELETE")
        {
            ArmPath above = ArmPath.Parse(Above(path));
            return Reply.ResourceNotFound(above.Type + "/" + string.Join("/", above.Names), path.ResourceGroup);
        }

        if (!path.IsResource) return exchange.List(Listed(exchange, type));
        EstateResource? there = exchange.Estate.Find(path.Text);
        return exchange.Method switch
        {
            "GET" => there is null ? Missing(path) : Reply.Resource(200, there).WithEtag(there),
            "PUT" => Put(exchange, type, there),
            "PATCH" => there is null ? Missing(path) : Patch(exchange, there),
            "DELETE" => Delete(exchange, type, there),
            _ => Reply.Error(405, "MethodNotAllowed", $"The method {exchange.Method} is not allowed for '{path.Text}'."),
        };
    }

    private static string Above(ArmPath path) => ArmPath.Parse(path.Parent).Text.Substring(0, path.Parent.LastIndexOf('/'));

    private static SandboxResponse Missing(ArmPath path)
    {
        if (path.Types.Count == 1) return Reply.ResourceNotFound(path.Type + "/" + path.Name, path.ResourceGroup);
        JsonObject error = Reply.ErrorBody("NotFound", $"Resource {path.Text} not found.");
        if (ArmPath.Same(path.Namespace, "Microsoft.Network")) error["details"] = new JsonArray();
        return Reply.Json(404, new JsonObject { ["error"] = error });
    }

    private static IEnumerable<EstateResource> Listed(Exchange exchange, PlainType type) => exchange.Path.Types.Count > 1
        ? exchange.Estate.Collection(exchange.Path.Text)
        : exchange.Estate.OfType(type.Name, exchange.Path.Scope);

    private static SandboxResponse Put(Exchange exchange, PlainType type, EstateResource? there)
    {
        ArmPath path = exchange.Path;
        JsonObject body = type.Shape(exchange, exchange.Body?.Copy() ?? new JsonObject(), there?.Body);
        EstateResource made = exchange.Estate.Put(path.Text, type.Name, path.Name, body);
        type.Made?.Invoke(exchange, made);
        SandboxResponse response = type.HidesResult ? Reply.Empty(202) : Reply.Resource(there is null ? type.CreateStatus : 200, made);
        if (type.Pause > 0)
        {
            RelatedOperation operation = exchange.RelatedOperations.Start(TimeSpan.FromSeconds(10), () => ProvisionedWhole(exchange, made));
            string location = Locations.Code(body.Text("location") ?? exchange.Estate.Find(path.Root)?.Body.Text("location") ?? "westeurope");
            if (type.HidesResult) response.WithResultAt(exchange, "providers/Microsoft.KeyVault/locations/" + location + "/managedHsmOperationResults", operation, type.Pause);
            else response.WithNetworkStatus(exchange, operation, location, type.Pause);
        }
        else if (type.GivesLocation && there is null)
        {
            response.Headers["Location"] = made.Id;
        }

        return response;
    }

    private static SandboxResponse Patch(Exchange exchange, EstateResource there)
    {
        JsonObject patch = exchange.Body?.Copy() ?? new JsonObject();
        foreach (string name in new[] { "id", "name", "type", "location" })
        {
            patch.Drop(name);
        }

        there.Body.Merge(patch);
        return Reply.Resource(200, there);
    }

    private static SandboxResponse Delete(Exchange exchange, PlainType type, EstateResource? there)
    {
        if (there is null) return Reply.Empty(204);
        if (type.Pause == 0)
        {
            exchange.Estate.Remove(there.Id);
            return Reply.Empty(200);
        }

        string location = Locations.Code(there.Body.Text("location") ?? "westeurope");
        RelatedOperation operation = exchange.RelatedOperations.Start(TimeSpan.FromSeconds(10), () => exchange.Estate.Remove(there.Id));
        return type.HidesResult
            ? Reply.Empty(202).WithResultAt(exchange, "providers/Microsoft.KeyVault/locations/" + location + "/managedHsmOperationResults", operation, type.Pause)
            : Reply.Empty(202).WithNetworkStatus(exchange, operation, location, type.Pause).WithNetworkResult(exchange, operation, location);
    }

    private static void ProvisionedWhole(Exchange exchange, EstateResource made)
    {
        Provisioned(made.Body);
        foreach (EstateResource subnet in exchange.Estate.Collection(made.Id + "/subnets")) Provisioned(subnet.Body);
    }

    /// <summary>Puts <c>Succeeded</c> wherever a state says <c>Updating</c>.</summary>
    internal static void Provisioned(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array) Provisioned(item);
        }

        if (node is not JsonObject body) return;
        if (body.Text("provisioningState") is "Updating" or "Provisioning" or "Creating") body["provisioningState"] = "Succeeded";
        foreach (KeyValuePair<string, JsonNode?> member in body.ToArray()) Provisioned(member.Value);
    }
}
