using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>Defender plans of a subscription. <c>free</c> is taken and <c>Free</c> answered; <c>enforce</c> is a text.</summary>
internal sealed class DefenderPlans : IProvider
{
    private const string Type = "Microsoft.Security/pricings";

    private static readonly string[] Plans =
    {
        "VirtualMachines", "SqlServers", "AppServices", "StorageAccounts", "SqlServerVirtualMachines", "KeyVaults", "Arm",
        "OpenSourceRelationalDatabases", "CosmosDbs", "Containers", "CloudPosture", "Api", "AI",
    };

    /// <summary>Plans that others have replaced, still listed.</summary>
    private static readonly string[] Replaced = { "KubernetesService", "ContainerRegistry" };

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (!path.IsResource) return exchange.List(Plans.Concat(Replaced).Select(plan => Plan(exchange, plan)));
        string? name = Plans.Concat(Replaced).FirstOrDefault(plan => ArmPath.Same(plan, path.Name));
        if (name is null) return Reply.Error(404, "ResourceNotFound", $"The pricing bundle '{path.Name}' was not found.");
        return exchange.Method switch
        {
            "GET" => Reply.Json(200, Plan(exchange, name)),
            "PUT" => Put(exchange, name),
            _ => Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a Defender plan."),
        };
    }

    private static JsonObject Plan(Exchange exchange, string name)
    {
        string id = Id(exchange, name);
        if (exchange.Estate.Find(id) is EstateResource kept) return kept.Body.Copy();
        JsonObject properties = new()
        {
            ["pricingTier"] = "Free",
            ["freeTrialRemainingTime"] = "P30D",
            ["enforce"] = "False",
            ["resourcesCoverageStatus"] = "FullyCovered",
        };
        if (Replaced.Contains(name))
        {
            properties["deprecated"] = true;
            properties["replacedBy"] = new JsonArray("Containers");
        }

        return Body(id, name, properties);
    }

    private static SandboxResponse Put(Exchange exchange, string name)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string? tier = ArmPath.Same(sent.Text("pricingTier"), "Standard") ? "Standard" : ArmPath.Same(sent.Text("pricingTier"), "Free") ? "Free" : null;
        if (tier is null) return Reply.Error(400, "InvalidPricingTier", "The pricing tier must be Free or Standard.");
        string id = Id(exchange, name);
        JsonObject properties = (JsonObject)Plan(exchange, name).Object("properties").DeepClone();
        properties["pricingTier"] = tier;
        properties["freeTrialRemainingTime"] = tier == "Standard" ? "PT0S" : "P30D";
        if (sent.Text("subPlan") is string subPlan) properties["subPlan"] = subPlan;
        if (sent.Text("enforce") is string enforce) properties["enforce"] = enforce;
        if (sent.Find("extensions") is JsonArray extensions && tier == "Standard") properties["extensions"] = extensions.DeepClone();
        if (tier == "Free")
        {
            properties.Drop("enablementTime");
            properties.Drop("subPlan");
            properties.Drop("extensions");
        }
        else if (!properties.Has("enablementTime"))
        {
            properties["enablementTime"] = exchange.Stamp;
        }

        return Reply.Resource(200, exchange.Estate.Put(id, Type, name, Body(id, name, properties)));
    }

    private static string Id(Exchange exchange, string name) => $"{exchange.Path.Scope}/providers/{Type}/{name}";

    private static JsonObject Body(string id, string name, JsonObject properties) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["type"] = Type,
        ["properties"] = properties,
    };
}
