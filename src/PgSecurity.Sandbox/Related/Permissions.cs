using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>What the identity may do at a scope: everything.</summary>
internal sealed class Permissions : IProvider
{
    public bool Answers(Exchange exchange) => exchange.Method == "GET" && exchange.Path.Is("Microsoft.Authorization/permissions");

    public SandboxResponse Answer(Exchange exchange) => exchange.List(new JsonNode[]
    {
        new JsonObject
        {
            ["actions"] = new JsonArray("*"),
            ["notActions"] = new JsonArray(),
            ["dataActions"] = new JsonArray(),
            ["notDataActions"] = new JsonArray(),
        },
    });
}
