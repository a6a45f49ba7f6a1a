using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Related;

/// <summary>Resource groups, what is in them, and the polls of their deletion.</summary>
internal sealed class ResourceGroups : IProvider
{
    public bool Answers(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (path.Namespace is not null || path.Subscription is null) return false;
        string rest = Rest(path);
        return path.ResourceGroup is not null
            ? rest.Length == 0 || ArmPath.Same(rest, "resources")
            : ArmPath.Same(rest, "resourceGroups")
              || ArmPath.Same(rest, "resources")
              || rest.StartsWith("operationresults/", StringComparison.OrdinalIgnoreCase);
    }

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        ArmPath path = exchange.Path;
        string rest = Rest(path);
        if (ArmPath.Same(rest, "resources")) return Resources(exchange);
        if (path.ResourceGroup is null)
        {
            return ArmPath.Same(rest, "resourceGroups")
                ? exchange.List(exchange.Estate.OfType("Microsoft.Resources/resourceGroups", "/subscriptions/" + path.Subscription))
                : Poll(exchange, rest.Substring(rest.IndexOf("/", StringComparison.Ordinal) + 1));
        }

        EstateResource? group = exchange.Estate.Find(AzureEstate.GroupId(path.Subscription!, path.ResourceGroup));
        return exchange.Method switch
        {
            "HEAD" => group is null ? NotFound(path, withBody: false) : Reply.Empty(204),
            "GET" => group is null ? NotFound(path, withBody: true) : Shown(exchange, 200, group),
            "PUT" => Put(exchange, group),
            "PATCH" when group is not null => Patch(exchange, group),
            "DELETE" => group is null ? NotFound(path, withBody: true) : Delete(exchange, group),
            _ => Reply.Error(405, "MethodNotAllowed", $"The method {exchange.Method} is not allowed for a resource group."),
        };
    }

    private static string Rest(ArmPath path)
    {
        string[] segments = path.Text.Trim('/').Split('/');
        int from = path.ResourceGroup is null ? 2 : 4;
        return segments.Length <= from ? string.Empty : string.Join("/", segments, from, segments.Length - from);
    }

    private static SandboxResponse Put(Exchange exchange, EstateResource? group)
    {
        string location = exchange.Body.Text("location") ?? group?.Body.Text("location") ?? string.Empty;
        if (!Locations.IsKnown(location))
        {
            return Reply.Gateway(
                400,
                "LocationNotAvailableForResourceGroup",
                $"The provided location '{location}' is not available for resource group. List of available regions is '{string.Join(",", Locations.Codes)}'.");
        }

        ArmPath path = exchange.Path;
        EstateResource made = exchange.Estate.EnsureGroup(path.Subscription!, path.ResourceGroup!, location);
        if (exchange.Body?.Find("tags") is JsonObject tags) SetTags(made.Body, tags);
        if (exchange.Body.Text("managedBy") is string manager) made.Body["managedBy"] = manager;
        return Shown(exchange, group is null ? 201 : 200, made);
    }

    /// <summary>A group; API versions before 2020 do not say its type (recorded).</summary>
    private static SandboxResponse Shown(Exchange exchange, int status, EstateResource group)
    {
        if (string.CompareOrdinal(exchange.ApiVersion, "2020") >= 0) return Reply.Resource(status, group);
        JsonObject body = group.Body.Copy();
        body.Remove("type");
        return Reply.Json(status, body);
    }

    private static SandboxResponse Patch(Exchange exchange, EstateResource group)
    {
        if (exchange.Body?.Find("tags") is JsonObject tags) SetTags(group.Body, tags);
        return Reply.Resource(200, group);
    }

    private static void SetTags(JsonObject group, JsonObject tags)
    {
        JsonNode? properties = group["properties"]?.DeepClone();
        group.Remove("properties");
        group["tags"] = tags.DeepClone();
        group["properties"] = properties;
    }

    private static SandboxResponse Delete(Exchange exchange, EstateResource group)
    {
        group.Properties["provisioningState"] = "Deleting";
        RelatedOperation operation = exchange.RelatedOperations.Start(TimeSpan.FromSeconds(60), () => exchange.Estate.Remove(group.Id));
        return Reply.Empty(202).WithResultAt(exchange, "operationresults", operation, 15);
    }

    private static SandboxResponse Poll(Exchange exchange, string id)
    {
        RelatedOperation? operation = exchange.RelatedOperations.Find(id);
        if (operation is null) return Reply.Gateway(404, "OperationNotFound", $"The operation '{id}' was not found.");
        return operation.IsDone ? Reply.Empty(200) : Reply.Empty(202).WithResultAt(exchange, "operationresults", operation, 15);
    }

    private static SandboxResponse Resources(Exchange exchange)
    {
        string? type = FilterType(exchange);
        IEnumerable<JsonNode> rows = exchange.Estate.All()
            .Where(resource => ArmPath.IsAtOrBelow(resource.Id, exchange.Path.Text.Substring(0, exchange.Path.Text.LastIndexOf('/'))))
            .Where(resource => resource.Body.Has("location") && ArmPath.Parse(resource.Id).Types.Count == 1)
            .Where(resource => type is null || ArmPath.Same(resource.Type, type))
            .Select(Row);
        return exchange.List(rows);
    }

    private static JsonNode Row(EstateResource resource)
    {
        JsonObject row = new()
        {
            ["id"] = resource.Id,
            ["name"] = resource.Name,
            ["type"] = resource.Type,
            ["location"] = Locations.Code(resource.Body.Text("location") ?? string.Empty),
            ["tags"] = resource.Body.Find("tags")?.DeepClone() ?? new JsonObject(),
        };
        foreach (string name in new[] { "sku", "kind", "managedBy" })
        {
            if (resource.Body.Find(name) is JsonNode value) row[name] = value.DeepClone();
        }

        return row;
    }

    private static string? FilterType(Exchange exchange)
    {
        if (!exchange.Query.TryGetValue("$filter", out string? filter)) return null;
        int quote = filter.IndexOf("'", StringComparison.Ordinal);
        int end = filter.LastIndexOf('\'');
        return filter.StartsWith("resourceType eq", StringComparison.OrdinalIgnoreCase) && end > quote ? filter.Substring(quote + 1, end - quote - 1) : null;
    }

    private static SandboxResponse NotFound(ArmPath path, bool withBody)
    {
        SandboxResponse response = Reply.Gateway(404, "ResourceGroupNotFound", $"Resource group '{path.ResourceGroup}' could not be found.");
        if (!withBody) response.Body = Array.Empty<byte>();
        return response;
    }
}
