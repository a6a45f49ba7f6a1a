using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// Puts back under <c>properties</c> what a tool lifted to the root: <c>az … show</c> and the PowerShell modules do.
/// Which properties such an object has depends on the tool's version, so one that is not there is unknown. An explicit
/// null stays: the tool asked, and the service answered that there is none.
/// </summary>
internal static class FlattenedBody
{
    private static readonly HashSet<string> Envelope = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "name", "type", "location", "tags", "sku", "identity", "kind", "managedBy", "systemData", "resourceGroup",
        "zones", "plan", "etag", "extendedLocation", "apiVersion", "ResourceId", "ResourceName", "ResourceType",
        "ResourceGroupName", "SubscriptionId", "properties",
    };

    /// <summary>Names that a PowerShell object spells in another way than ARM does.</summary>
    private static readonly Dictionary<string, string> Spelling = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AllowedValue"] = "allowedValues",
        ["Log"] = "logs",
        ["Metric"] = "metrics",
        ["Tag"] = "tags",
        ["PrivateEndpointConnection"] = "privateEndpointConnections",
    };

    /// <summary>What <c>Get-AzRoleAssignment</c> calls a principal; elsewhere these names mean what they say.</summary>
    private static readonly Dictionary<string, string> RoleAssignmentSpelling = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ObjectId"] = "principalId",
        ["ObjectType"] = "principalType",
    };

    /// <summary>Lists whose elements are lifted as well.</summary>
    private static readonly HashSet<string> NestedResources = new(StringComparer.OrdinalIgnoreCase)
    {
        "privateEndpointConnections", "privateLinkServiceConnections", "manualPrivateLinkServiceConnections", "subnets",
    };

    public static JsonObject Lift(JsonElement body, string? type = null)
    {
        bool assignment = type == FacetTypes.RoleAssignments;
        JsonObject lifted = new();
        JsonObject properties = new();
        foreach (JsonProperty member in body.EnumerateObject())
        {
            string name = Spelling.TryGetValue(member.Name, out string? spelling) ? spelling
                : assignment && RoleAssignmentSpelling.TryGetValue(member.Name, out spelling) ? spelling
                : member.Name;
            JsonObject target = Envelope.Contains(name) ? lifted : properties;
            if (!target.ContainsKey(name)) target[name] = Nested(name, member.Value);
        }

        if (assignment) CompleteRoleDefinition(properties);
        lifted.Remove("properties");
        lifted["properties"] = properties;
        return lifted;
    }

    /// <summary>PowerShell gives a role definition by its GUID alone.</summary>
    private static void CompleteRoleDefinition(JsonObject properties)
    {
        foreach (KeyValuePair<string, JsonNode?> property in properties)
        {
            if (!string.Equals(property.Key, "roleDefinitionId", StringComparison.OrdinalIgnoreCase)) continue;
            string? id = property.Value is JsonValue value && value.TryGetValue(out string? text) ? text : null;
            if (Guid.TryParse(id, out _)) properties[property.Key] = "/providers/" + FacetTypes.RoleDefinitions + "/" + id;
            return;
        }
    }

    private static JsonNode? Nested(string name, JsonElement value)
    {
        if (!NestedResources.Contains(name) || value.ValueKind != JsonValueKind.Array) return ArmJson.Node(value);

        JsonArray elements = new();
        foreach (JsonElement element in value.EnumerateArray())
        {
            bool flat = element.ValueKind == JsonValueKind.Object && !ArmJson.IsObject(element, "properties");
            elements.Add(flat ? Lift(element) : ArmJson.Node(element));
        }

        return elements;
    }
}
