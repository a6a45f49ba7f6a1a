using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Related;

/// <summary>Private DNS zones and their links to networks: a PUT answers 202 with an empty object (recorded).</summary>
internal sealed class PrivateDnsZones : IProvider
{
    private const string Zones = "Microsoft.Network/privateDnsZones";
    private const string Links = Zones + "/virtualNetworkLinks";

    public bool Answers(Exchange exchange) => exchange.Path.Is(Zones) || exchange.Path.Is(Links);

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        ArmPath path = exchange.Path;
        bool isLink = path.Types.Count > 1;
        if (isLink && exchange.Estate.Find(path.Root) is null && exchange.Method != "DELETE")
        {
            return Reply.ResourceNotFound(Zones + "/" + path.Names[0], path.ResourceGroup);
        }

        if (!path.IsResource)
        {
            return exchange.List(isLink ? exchange.Estate.Collection(path.Text) : exchange.Estate.OfType(Zones, path.Scope));
        }

        EstateResource? there = exchange.Estate.Find(path.Text);
        return exchange.Method switch
        {
            "GET" => there is null
                ? Reply.ResourceNotFound(path.Type + "/" + string.Join("/", path.Names), path.ResourceGroup)
                : Reply.Resource(200, there).WithEtag(there),
            "PUT" => Put(exchange, isLink),
            "DELETE" => Delete(exchange, there, isLink),
            _ => Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a private DNS zone."),
        };
    }

    private static SandboxResponse Put(Exchange exchange, bool isLink)
    {
        ArmPath path = exchange.Path;
        JsonObject sent = exchange.Body?.Copy() ?? new JsonObject();
        RelatedOperation operation = exchange.RelatedOperations.Start(
            TimeSpan.FromSeconds(30),
            () => exchange.Estate.Put(path.Text, isLink ? Links : Zones, path.Name, isLink ? Link(exchange, path, sent) : Zone(exchange, path, sent)));
        return Reply.Json(202, new JsonObject()).WithDnsAddresses(exchange, operation);
    }

    private static SandboxResponse Delete(Exchange exchange, EstateResource? there, bool isLink)
    {
        if (there is null) return Reply.Empty(204);
        IReadOnlyList<EstateResource> links = exchange.Estate.Collection(there.Id + "/virtualNetworkLinks");
        if (!isLink && links.Count > 0)
        {
            return Reply.Gateway(
                409,
                "CannotDeleteResource",
                "Cannot delete resource while nested resources exist. Some existing nested resource IDs include: "
                + $"'{Links.Substring(0, Zones.Length)}/{there.Name}/virtualNetworkLinks/{links.First().Name}'. "
                + "Please delete all nested resources before deleting this resource.");
        }

        RelatedOperation operation = exchange.RelatedOperations.Start(TimeSpan.FromSeconds(30), () => exchange.Estate.Remove(there.Id));
        return Reply.Empty(202).WithDnsAddresses(exchange, operation);
    }

    private static JsonObject Zone(Exchange exchange, ArmPath path, JsonObject sent)
    {
        JsonObject made = Head(exchange, path, sent);
        made["properties"] = new JsonObject
        {
            ["internalId"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"ImmutableZoneIdentity;{Exchange.GuidOf(exchange.Path.Text)};0")),
            ["maxNumberOfRecordSets"] = 25000,
            ["maxNumberOfVirtualNetworkLinks"] = 1000,
            ["maxNumberOfVirtualNetworkLinksWithRegistration"] = 100,
            ["numberOfRecordSets"] = 1,
            ["numberOfVirtualNetworkLinks"] = 0,
            ["numberOfVirtualNetworkLinksWithRegistration"] = 0,
            ["provisioningState"] = "Succeeded",
        };
        return made;
    }

    private static JsonObject Link(Exchange exchange, ArmPath path, JsonObject sent)
    {
        JsonObject made = Head(exchange, path, sent);
        made["properties"] = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["registrationEnabled"] = sent.IsTrue("properties", "registrationEnabled"),
            ["virtualNetwork"] = sent.At("properties", "virtualNetwork")?.DeepClone(),
            ["virtualNetworkLinkState"] = "Completed",
        };
        return made;
    }

    private static JsonObject Head(Exchange exchange, ArmPath path, JsonObject sent)
    {
        JsonObject made = new()
        {
            ["id"] = path.Text,
            ["name"] = path.Name,
            ["type"] = path.Types.Count > 1 ? Links : Zones,
            ["etag"] = exchange.NewGuid(),
            ["location"] = sent.Text("location") ?? "global",
        };
        if (sent.Find("tags") is JsonNode tags) made["tags"] = tags.DeepClone();
        return made;
    }
}
