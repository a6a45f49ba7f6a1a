using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Related;

/// <summary>Who made a resource and when.</summary>
internal static class SystemData
{
    internal static JsonObject New(Exchange exchange) => new()
    {
        ["createdBy"] = exchange.Options.CallerObjectId,
        ["createdByType"] = "Application",
        ["createdAt"] = exchange.Stamp,
        ["lastModifiedBy"] = exchange.Options.CallerObjectId,
        ["lastModifiedByType"] = "Application",
        ["lastModifiedAt"] = exchange.Stamp,
    };
}
