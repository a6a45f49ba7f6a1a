using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Activity;

/// <summary>Lists a subscription's activity log: <c>Microsoft.Insights/eventtypes/management/values</c>.</summary>
internal sealed class ActivityEvents : IProvider
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public bool Answers(Exchange exchange) =>
        exchange.Method == "GET"
        && exchange.Path.Is("Microsoft.Insights/eventtypes/values")
        && ArmPath.Same(exchange.Path.Names[0], "management")
        && exchange.Path.Subscription is not null
        && exchange.Path.ResourceGroup is null;

    public SandboxResponse Answer(Exchange exchange)
    {
        ActivityFilter? filter = exchange.Query.TryGetValue("$filter", out string? text) ? ActivityFilter.Read(text) : null;
        if (filter is null) return Refuse("The $filter query is missing or not supported: it needs eventTimestamp ge, and takes the patterns of the documentation only.");
        if (filter.From < exchange.Now - Kept) return Refuse("The start time cannot be more than 90 days in the past.");
        string[] members = exchange.Query.TryGetValue("$select", out string? select)
            ? select.Split(new[] { ',' }, StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim()).ToArray()
            : Array.Empty<string>();
        return exchange.List(exchange.Activity.Events()
            .Where(one => ArmPath.Same(one.Text("subscriptionId"), exchange.Path.Subscription) && filter.Passes(one))
            .Select(one => (JsonNode)Selected(one, members)));
    }

    private static SandboxResponse Refuse(string message) => Reply.Json(400, Reply.ErrorBody("BadRequest", message));

    private static JsonObject Selected(JsonObject one, string[] members)
    {
        if (members.Length == 0) return one;
        foreach (string name in one.Select(member => member.Key).Where(name => !members.Any(wanted => ArmPath.Same(wanted, name) || (ArmPath.Same(wanted, "resourceUri") && name == "resourceId"))).ToArray())
        {
            one.Remove(name);
        }

        return one;
    }
}
