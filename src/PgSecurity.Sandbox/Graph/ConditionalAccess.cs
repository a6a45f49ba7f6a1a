using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Graph;

/// <summary>
/// The Conditional Access policies of Microsoft Graph (<c>/v1.0/identity/conditionalAccess/policies</c>), at Graph's own
/// host or at the sandbox's. What a snapshot keeps under <c>properties</c> is Graph's object itself.
/// </summary>
internal sealed class ConditionalAccess : IProvider
{
    private const string Collection = "/v1.0/identity/conditionalAccess/policies";
    private const string Type = "Microsoft.Graph/conditionalAccessPolicies";

    public bool Answers(Exchange exchange) => ArmPath.IsAtOrBelow(exchange.Path.Text, "/v1.0");

    public SandboxResponse Answer(Exchange exchange)
    {
        string path = exchange.Path.Text;
        if (!ArmPath.IsAtOrBelow(path, Collection)) return Error(exchange, 400, "BadRequest", $"Resource not found for the segment '{path.Split('/').Last()}'.");
        string id = path.Length > Collection.Length ? path.Substring(Collection.Length + 1) : string.Empty;
        if (exchange.Estate.Refusals.Of(Type, string.Empty) is string reason)
        {
            return Error(exchange, 403, "AccessDenied", "You cannot perform the requested operation, required scopes are missing in the token. (The snapshot does not hold them: " + reason + ")");
        }

        if (id.Length == 0) return exchange.Method == "POST" ? Create(exchange) : List(exchange);
        EstateResource? there = exchange.Estate.OfType(Type).FirstOrDefault(policy => ArmPath.Same(IdOf(policy), id));
        if (there is null) return Error(exchange, 404, "ResourceNotFound", $"Resource '{id}' does not exist.");
        switch (exchange.Method)
        {
            case "GET":
                return Reply.Json(200, Shown(there));
            case "PATCH":
                Stored(there).Merge(exchange.Body ?? new JsonObject());
                Stored(there)["modifiedDateTime"] = exchange.Stamp;
                return Reply.Empty(204);
            case "DELETE":
                exchange.Estate.Remove(there.Id);
                return Reply.Empty(204);
            default:
                return Error(exchange, 405, "Request_BadRequest", "The method is not allowed for a policy.");
        }
    }

    private static SandboxResponse List(Exchange exchange)
    {
        JsonArray value = new(exchange.Estate.OfType(Type).Select(policy => (JsonNode?)Shown(policy)).ToArray());
        return Reply.Json(200, new JsonObject
        {
            ["@odata.context"] = "https://graph.microsoft.com/v1.0/$metadata#identity/conditionalAccess/policies",
            ["value"] = value,
        });
    }

    private static SandboxResponse Create(Exchange exchange)
    {
        if (exchange.Body is not JsonObject sent || sent.Text("displayName") is null || sent.Text("state") is null)
        {
            return Error(exchange, 400, "BadRequest", "1004: A policy needs displayName, state, conditions and grantControls.");
        }

        string id = exchange.NewGuid();
        JsonObject policy = sent.Copy();
        policy["id"] = id;
        policy["createdDateTime"] = exchange.Stamp;
        policy["modifiedDateTime"] = null;
        EstateResource made = exchange.Estate.Put("/" + id, Type, id, policy);
        return Reply.Json(201, Shown(made));
    }

    private static JsonObject Stored(EstateResource policy) => policy.Body.Find("properties") as JsonObject ?? policy.Body;

    private static string IdOf(EstateResource policy) => Stored(policy).Text("id") is { Length: > 0 } own ? own : policy.Name;

    private static JsonObject Shown(EstateResource policy)
    {
        JsonObject shown = Stored(policy).Copy();
        shown["id"] = IdOf(policy);
        return shown;
    }

    private static SandboxResponse Error(Exchange exchange, int status, string code, string message)
    {
        JsonObject error = Reply.ErrorBody(code, message);
        error["innerError"] = new JsonObject { ["date"] = exchange.Stamp };
        return Reply.Json(status, new JsonObject { ["error"] = error });
    }
}
