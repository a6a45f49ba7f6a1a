using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Threading.Tasks;
using Azure;

namespace PgSecurity.Azure.Arm;

/// <summary>Turns answers and exceptions into faults.</summary>
internal static class ArmFaults
{
    internal static ArmFault FromResponse(string method, string path, Response response)
    {
        (string code, string message) = ErrorOf(response.Content?.ToMemory() ?? ReadOnlyMemory<byte>.Empty);
        if (message.Length == 0) message = response.ReasonPhrase is { Length: > 0 } phrase ? phrase : "The request was refused";
        ArmFaultKind kind = KindOf(response.Status);
        ArmFault fault = new(kind, method, path, message)
        {
            Status = response.Status,
            Code = code,
            MissingAction = kind == ArmFaultKind.Forbidden ? MissingAction.In(message) : null,
            RetryAfter = ArmHeaders.RetryAfter(response, DateTimeOffset.UtcNow),
            Retry = ArmFaultCodes.Classify(kind, response.Status, code, message),

            // A gateway that gave up, or a provider that broke down, may have done so after the write.
            MayHaveTakenEffect = method != "GET" && response.Status is (500 or 502 or 504),
        };
        Identify(fault, response);
        return fault;
    }

    internal static ArmFault FromOperation(string method, string path, Response response, JsonElement body, bool isCanceled)
    {
        ArmFaultKind kind = isCanceled ? ArmFaultKind.OperationCanceled : ArmFaultKind.OperationFailed;
        (string code, string message) = ErrorOf(body);
        if (message.Length == 0) message = isCanceled ? "The operation was canceled" : "The operation failed without a reason";
        ArmFault fault = new(kind, method, path, message)
        {
            Status = response.Status,
            Code = code,
            MissingAction = MissingAction.In(message),
            Retry = ArmFaultCodes.Classify(kind, response.Status, code, message),
        };
        Identify(fault, response);
        return fault;
    }

    internal static ArmFault FromException(string method, string path, Exception error, string? correlationId)
    {
        ArmFaultKind kind = KindOf(error);
        return new ArmFault(kind, method, path, MessageOf(error))
        {
            CorrelationId = correlationId,
            Retry = ArmFaultCodes.Classify(kind, 0, string.Empty, string.Empty),
            MayHaveTakenEffect = method != "GET" && kind is ArmFaultKind.Network or ArmFaultKind.Timeout,
        };
    }

    internal static ArmFault Malformed(string method, string path, Response response, string what)
    {
        ArmFault fault = new(ArmFaultKind.Malformed, method, path, what)
        {
            Status = response.Status,
            Retry = ArmRetry.Transient,
            MayHaveTakenEffect = method != "GET",
        };
        Identify(fault, response);
        return fault;
    }

    internal static ArmFault NoServer(string id) =>
        new(ArmFaultKind.NotFound, "GET", id, "There is no such server, or the identity may not see it") { Status = 404, Code = "ResourceNotFound" };

    internal static ArmFault NoSubscription(string name) =>
        new(ArmFaultKind.NotFound, "GET", "/subscriptions", $"There is no subscription '{name}' that the identity sees") { Status = 404, Code = "SubscriptionNotFound" };

    internal static ArmFault NoServerNamed(string name) =>
        new(ArmFaultKind.NotFound, "GET", "/providers/" + Core.Postures.FacetTypes.Server + "/" + name, $"There is no server '{name}' among those that are meant and that the identity sees")
        {
            Status = 404,
            Code = "ResourceNotFound",
        };

    internal static ArmFault NoServerIn(string resourceGroup) =>
        new(ArmFaultKind.NotFound, "GET", "/resourceGroups/" + resourceGroup, $"There is no server in the resource group '{resourceGroup}' among those that are meant and that the identity sees")
        {
            Status = 404,
            Code = "ResourceNotFound",
        };

    internal static ArmFault NoSubscriptionAtAll() =>
        new(ArmFaultKind.NotFound, "GET", "/subscriptions", "The identity sees no subscription") { Status = 404, Code = "SubscriptionNotFound" };

    internal static ArmFault NoSubscriptionBelow(IReadOnlyCollection<string> managementGroups) =>
        new(
            ArmFaultKind.NotFound,
            "GET",
            "/providers/Microsoft.Management/managementGroups/" + string.Join(",", managementGroups),
            "The identity sees no subscription in it") { Status = 404, Code = "SubscriptionNotFound" };

    internal static (string Code, string Message) ErrorOf(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return (string.Empty, string.Empty);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return ErrorOf(document.RootElement);
        }
        catch (JsonException)
        {
            return (string.Empty, string.Empty);
        }
    }

    private static (string Code, string Message) ErrorOf(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (string.Empty, string.Empty);
        JsonElement error = body.TryGetProperty("error", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : body;
        string code = Text(error, "code");
        string message = Text(error, "message");
        JsonElement detail = FirstDetail(error);

        // Resource Graph says what is wrong in the details only.
        bool isEmpty = message.Length == 0 || message.StartsWith("Please provide below info", StringComparison.OrdinalIgnoreCase);
        if (!isEmpty || Text(detail, "message") is not { Length: > 0 } told) return (code, message);
        return (Text(detail, "code") is { Length: > 0 } exact ? exact : code, told);
    }

    private static JsonElement FirstDetail(JsonElement error) =>
        error.TryGetProperty("details", out JsonElement details)
        && details.ValueKind == JsonValueKind.Array
        && details.GetArrayLength() > 0
        && details[0].ValueKind == JsonValueKind.Object
            ? details[0]
            : default;

    private static string Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? string.Empty : string.Empty;

    private static ArmFaultKind KindOf(int status) => status switch
    {
        401 => ArmFaultKind.Unauthorized,
        403 => ArmFaultKind.Forbidden,
        404 or 410 => ArmFaultKind.NotFound,
        408 => ArmFaultKind.Timeout,
        409 or 412 or 423 => ArmFaultKind.Conflict,
        429 => ArmFaultKind.Throttled,
        >= 500 => ArmFaultKind.Service,
        _ => ArmFaultKind.BadRequest,
    };

    private static ArmFaultKind KindOf(Exception error)
    {
        ArmFaultKind kind = ArmFaultKind.Network;
        for (Exception? at = error; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case AuthenticationException:
                    return ArmFaultKind.Tls;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return ArmFaultKind.Dns;
                case SocketException { SocketErrorCode: SocketError.TimedOut }:
                case TimeoutException:
                case OperationCanceledException:
                    kind = ArmFaultKind.Timeout;
                    break;
            }
        }

        return kind;
    }

    internal static bool IsTransportError(Exception error) =>
        error is RequestFailedException or IOException or HttpRequestException or SocketException or AuthenticationException
            or TimeoutException or OperationCanceledException or AggregateException;

    // The innermost one says why, and that of HTTP names the host besides, but for TLS, where it only points inwards.
    private static string MessageOf(Exception error)
    {
        Exception at = error is AggregateException { InnerExceptions.Count: > 0 } many ? many.InnerExceptions[many.InnerExceptions.Count - 1] : error;
        HttpRequestException? http = null;
        for (; at.InnerException is Exception inner; at = inner) http ??= at as HttpRequestException;
        return http is not null && at is SocketException ? http.Message : at.Message;
    }

    private static void Identify(ArmFault fault, Response response)
    {
        fault.RequestId = ArmHeaders.Text(response, "x-ms-request-id") ?? ArmHeaders.Text(response, "request-id");
        fault.CorrelationId = ArmHeaders.Text(response, "x-ms-correlation-request-id");
    }
}
