using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Gateways;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>
/// Resource Graph: answers queries of the subset that <see cref="KqlQuery"/> reads, in pages of at most 1000 rows, and
/// refuses others in the service's form. A type that a snapshot does not hold whole is refused, since rows that are
/// left out would look like resources that do not exist.
/// </summary>
internal sealed class GraphQueries : IProvider
{
    private const int LongestPage = 1000;

    public bool Answers(Exchange exchange) => exchange.Path.Is("Microsoft.ResourceGraph/resources");

    public SandboxResponse Answer(Exchange exchange)
    {
        if (exchange.Method != "POST") return Reply.Error(405, "MethodNotAllowed", "Resource Graph takes POST.");
        if (exchange.Body.Text("query") is not { } text) return BadRequest(exchange, "InvalidQuery", "The query is missing.", null);
        try
        {
            return Run(exchange, text, KqlQuery.Read(text));
        }
        catch (QueryRefused refused)
        {
            return BadRequest(
                exchange,
                "InvalidQuery",
                "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.",
                refused);
        }
    }

    private static SandboxResponse Run(Exchange exchange, string text, KqlQuery query)
    {
        if (!ResourceTables.Has(query.Table))
        {
            return BadRequest(exchange, "DisallowedLogicalTableName", $"Table {query.Table} is invalid, unsupported or disallowed.", null);
        }

        string[] groups = Names(exchange, "managementGroups");
        string[] unseen = groups.Where(group => QueryScope.Of(exchange, group) is null).ToArray();
        if (unseen.Length > 0)
        {
            return BadRequest(exchange, "ManagementGroupsContainInvalidIds", $"The provided management groups must be valid. Given: '{string.Join(", ", unseen)}'.", null);
        }

        IReadOnlyCollection<string> subscriptions = QueryScope.Of(exchange, Names(exchange, "subscriptions"), groups);
        SandboxResponse? unknown = CheckSnapshot(exchange, text, query.Table, subscriptions);
        if (unknown is not null) return unknown;

        foreach (EstateResource server in exchange.Estate.OfType(KnownTypes.Server)) exchange.Operations.Touch(server.Id);
        exchange.RelatedOperations.Settle();
        IReadOnlyList<JsonObject> rows = query.Run(ResourceTables.Rows(exchange, query.Table, subscriptions));
        return Page(exchange, rows);
    }

    private static string[] Names(Exchange exchange, string member) =>
        (exchange.Body.Find(member) as JsonArray)?.Select(KqlValue.Text).Where(name => name.Length > 0).ToArray() ?? Array.Empty<string>();

    private static SandboxResponse? CheckSnapshot(Exchange exchange, string text, string table, IReadOnlyCollection<string> subscriptions)
    {
        foreach (string type in ResourceTables.TypesOf(table))
        {
            if (type == KnownTypes.Server || text.IndexOf(type, StringComparison.OrdinalIgnoreCase) < 0) continue;
            string? reason = subscriptions.Select(id => exchange.Estate.Refusals.Of(type, "/subscriptions/" + id)).FirstOrDefault(found => found is not null);
            if (reason is not null)
            {
                return Authorization.Forbidden(exchange.Options.CallerObjectId, "GET", ArmPath.Parse("/providers/" + type), reason);
            }
        }

        return null;
    }

    private static SandboxResponse Page(Exchange exchange, IReadOnlyList<JsonObject> rows)
    {
        JsonObject? options = exchange.Body.Find("options") as JsonObject;
        int from = options.Whole("$skip") ?? 0;
        if (options.Text("$skipToken") is { Length: > 0 } token
            && !int.TryParse(token, NumberStyles.Integer, CultureInfo.InvariantCulture, out from))
        {
            return BadRequest(exchange, "InvalidSkipToken", "The skip token is invalid.", null);
        }

        int size = Math.Min(Math.Min(options.Whole("$top") ?? LongestPage, LongestPage), Math.Max(1, exchange.Options.PageSize));
        JsonObject[] page = rows.Skip(from).Take(size).ToArray();
        bool more = from + page.Length < rows.Count;
        JsonObject answer = new()
        {
            ["totalRecords"] = rows.Count,
            ["count"] = page.Length,
            ["data"] = ArmPath.Same(options.Text("resultFormat"), "table") ? Table(page) : new JsonArray(page.Select(row => (JsonNode?)row).ToArray()),
            ["facets"] = new JsonArray(),
            ["resultTruncated"] = "false",
        };
        if (more) answer["$skipToken"] = (from + page.Length).ToString(CultureInfo.InvariantCulture);
        return Reply.Json(200, answer);
    }

    private static JsonObject Table(JsonObject[] page)
    {
        string[] columns = page.SelectMany(row => row.Select(member => member.Key)).Distinct(StringComparer.Ordinal).ToArray();
        return new JsonObject
        {
            ["columns"] = new JsonArray(columns.Select(name => (JsonNode?)new JsonObject
            {
                ["name"] = name,
                ["type"] = page.Any(row => row[name] is JsonObject or JsonArray) ? "object" : "string",
            }).ToArray()),
            ["rows"] = new JsonArray(page.Select(row => (JsonNode?)new JsonArray(columns.Select(name => row[name]?.DeepClone()).ToArray())).ToArray()),
        };
    }

    private static SandboxResponse BadRequest(Exchange exchange, string code, string message, QueryRefused? refused)
    {
        JsonArray details = new(Reply.ErrorBody(code, message));
        if (refused is not null)
        {
            JsonObject failure = Reply.ErrorBody("ParserFailure", "ParserFailure");
            failure["line"] = 1;
            failure["characterPositionInLine"] = refused.Position;
            failure["token"] = refused.Token;
            failure["expectedToken"] = refused.Message;
            details.Add(failure);
        }

        JsonObject error = Reply.ErrorBody(
            "BadRequest",
            $"Please provide below info when asking for support: timestamp = {exchange.Stamp}, correlationId = {exchange.NewGuid()}.");
        error["details"] = details;
        return Reply.Json(400, new JsonObject { ["error"] = error });
    }
}
