using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Activity;

/// <summary>
/// The activity log: what every write left in it. A request has an event when it came, one when it was taken on for later,
/// and one when it ended. Used under the sandbox's lock.
/// </summary>
internal sealed class ActivityRecords
{
    private readonly List<LoggedRequest> _requests = new();

    /// <summary>Notes a request.</summary>
    internal void Note(LoggedRequest request) => _requests.Add(request);

    /// <summary>Notes a write that came through the sandbox. What never reached a subscription's resources is not logged.</summary>
    /// <param name="write">The write.</param>
    /// <param name="path">Its path.</param>
    /// <param name="response">What it was answered with.</param>
    /// <param name="caller">Who made it.</param>
    internal void Note(SandboxWrite write, ArmPath path, SandboxResponse response, string caller)
    {
        if (path.Subscription is null || path.Types.Count == 0 && path.ResourceGroup is null) return;
        bool refused = response.Status >= 300;
        Note(new LoggedRequest(
            ActionResource(write.Method, path),
            Gateways.Authorization.Action(write.Method, path),
            caller,
            response.Headers["x-ms-correlation-request-id"],
            write.Method,
            response.Status,
            write.At,
            () => refused ? ("Failed", write.At) : (write.Status, write.EndedAt ?? write.At)));
    }

    /// <summary>The events, newest first.</summary>
    internal IEnumerable<JsonObject> Events() => _requests
        .SelectMany((request, index) => Events(request, index))
        .OrderByDescending(one => one.At)
        .ThenByDescending(one => one.Order)
        .Select(one => one.Body);

    private static IEnumerable<(DateTimeOffset At, int Order, JsonObject Body)> Events(LoggedRequest request, int index)
    {
        int order = index * 3;
        (string status, DateTimeOffset ended) = request.State();
        yield return (request.At, order, Event(request, order, request.At, "BeginRequest", "Started", ""));
        if (request.HttpStatus == 202) yield return (request.At, order + 1, Event(request, order + 1, request.At, "EndRequest", "Accepted", "Accepted"));
        if (status != "InProgress") yield return (ended, order + 2, Event(request, order + 2, ended, "EndRequest", status, SubStatus(request, status)));
    }

    private static JsonObject Event(LoggedRequest request, int order, DateTimeOffset at, string name, string status, string subStatus)
    {
        ArmPath path = ArmPath.Parse(request.ResourceId);
        string id = Exchange.GuidOf(request.ResourceId + "#" + order.ToString(CultureInfo.InvariantCulture));
        string time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["authorization"] = new JsonObject { ["action"] = request.Operation, ["scope"] = request.ResourceId },
            ["caller"] = request.Caller,
            ["category"] = Localizable("Administrative"),
            ["claims"] = new JsonObject { ["name"] = request.Caller },
            ["correlationId"] = request.CorrelationId,
            ["description"] = string.Empty,
            ["eventDataId"] = id,
            ["eventName"] = Localizable(name),
            ["eventTimestamp"] = time,
            ["httpRequest"] = new JsonObject { ["clientRequestId"] = request.CorrelationId, ["clientIpAddress"] = "192.0.2.1", ["method"] = request.Method },
            ["id"] = $"{request.ResourceId}/events/{id}/ticks/{at.UtcTicks.ToString(CultureInfo.InvariantCulture)}",
            ["level"] = status == "Failed" ? "Error" : "Informational",
            ["operationId"] = request.CorrelationId,
            ["operationName"] = Localizable(request.Operation),
            ["properties"] = new JsonObject { ["statusCode"] = subStatus },
            ["resourceGroupName"] = path.ResourceGroup ?? string.Empty,
            ["resourceId"] = request.ResourceId,
            ["resourceProviderName"] = Localizable(path.Namespace ?? "Microsoft.Resources"),
            ["resourceType"] = Localizable(path.Types.Count > 0 ? path.Type : "Microsoft.Resources/subscriptions/resourceGroups"),
            ["status"] = Localizable(status),
            ["subStatus"] = Localizable(subStatus),
            ["submissionTimestamp"] = time,
            ["subscriptionId"] = path.Subscription,
        };
    }

    /// <summary>An action is one on the resource that it stands at.</summary>
    private static string ActionResource(string method, ArmPath path) => method == "POST" && path.Namespace is not null && !path.IsResource ? path.Parent : path.Text;

    private static string SubStatus(LoggedRequest request, string status) => status != "Succeeded" ? "Conflict"
        : request.HttpStatus switch
        {
            201 => "Created",
            204 => "NoContent",
            _ => "OK",
        };

    private static JsonObject Localizable(string value) => new() { ["value"] = value, ["localizedValue"] = value };
}
