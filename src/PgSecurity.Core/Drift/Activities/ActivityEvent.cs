using System;
using System.Globalization;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>
/// One event of Azure's activity log, as <c>Microsoft.Insights/eventtypes/management/values</c> (2015-04-01) lists it. Only
/// what says who wrote to what and when is kept: no claims, no address, no body.
/// </summary>
/// <param name="ResourceId">The resource that it is about.</param>
/// <param name="Operation">The operation, as role definitions name it.</param>
/// <param name="Status"><c>Started</c>, <c>Accepted</c>, <c>Succeeded</c>, <c>Failed</c> and others.</param>
/// <param name="Caller">Who made the request; empty where the log names nobody.</param>
/// <param name="At">When the service wrote the event, UTC.</param>
/// <param name="CorrelationId">What the events of one request have in common.</param>
public sealed record ActivityEvent(string ResourceId, string Operation, string Status, string Caller, DateTimeOffset At, string CorrelationId)
{
    /// <summary>The members of an event that are read, for <c>$select</c>: nothing else leaves the service.</summary>
    public static string Members => "caller,correlationId,eventTimestamp,operationName,resourceId,status";

    /// <summary>Reads an event; null where it says neither what it is about nor when it was, or is no text at all.</summary>
    public static ActivityEvent? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return null;
        try
        {
            return Text(body, "resourceId") is string resource && Text(body, "operationName") is string operation && operation.IndexOf("/", StringComparison.Ordinal) > 0 && Time(Text(body, "eventTimestamp")) is DateTimeOffset at
                ? new ActivityEvent(resource.TrimEnd('/'), operation, Text(body, "status") ?? "", Text(body, "caller") ?? "", at, Text(body, "correlationId") ?? "")
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    /// <summary>A text, or the <c>value</c> of one that comes with its translation.</summary>
    private static string? Text(JsonElement body, string name) => ResourceField.In(body, name).Text ?? ResourceField.In(body, name + ".value").Text;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) ? at : null;
}
