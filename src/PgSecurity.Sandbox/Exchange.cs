using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Activity;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox;

/// <summary>One request on its way through the providers, with all they need to answer it.</summary>
internal sealed class Exchange
{
    private readonly SandboxArm _arm;

    internal Exchange(SandboxArm arm, SandboxRequest request, ArmPath path, FaultRule? fault, SandboxWrite? write)
    {
        _arm = arm;
        Request = request;
        Path = path;
        Fault = fault;
        Write = write;
        Query = ReadQuery(request.Url.Query);
        ApiVersion = Query.TryGetValue("api-version", out string? version) ? version : string.Empty;
    }

    internal SandboxRequest Request { get; }

    internal string Method => Request.Method;

    internal ArmPath Path { get; }

    internal IReadOnlyDictionary<string, string> Query { get; }

    internal string ApiVersion { get; }

    internal FaultRule? Fault { get; }

    internal SandboxWrite? Write { get; }

    /// <summary>The body; null where there is none.</summary>
    internal JsonObject? Body { get; private set; }

    internal AzureEstate Estate => _arm.Estate;

    internal OperationBoard Operations => _arm.Operations;

    internal RelatedOperations RelatedOperations => _arm.RelatedOperations;

    internal ActivityRecords Activity => _arm.Activity;

    internal SandboxOptions Options => _arm.Options;

    internal SandboxQuirks Quirks => _arm.Options.Quirks;

    internal DateTimeOffset Now => _arm.Clock.UtcNow;

    /// <summary>The time in ARM's form with seven decimals.</summary>
    internal string Stamp => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A new id, drawn with the seed.</summary>
    internal string NewGuid() => _arm.NewGuid();

    /// <summary>An id that is always the same for the same text.</summary>
    internal static string GuidOf(string text)
    {
        using System.Security.Cryptography.SHA256 hash = System.Security.Cryptography.SHA256.Create();
        byte[] bytes = hash.ComputeHash(System.Text.Encoding.UTF8.GetBytes(text.ToLowerInvariant()));
        return new Guid(bytes.Take(16).ToArray()).ToString();
    }

    /// <summary>Reads the body, or gives the refusal.</summary>
    internal SandboxResponse? ReadBody()
    {
        if (Request.Body.Length == 0) return null;
        try
        {
            Body = JsonNode.Parse(Request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return Reply.Gateway(
                400,
                "InvalidRequestContent",
                "The request content was invalid and could not be deserialized.");
        }

        return null;
    }

    /// <summary>Starts an operation on a server and answers 202, or a 202 whose poll says that the server is busy.</summary>
    internal SandboxResponse Begin(
        OperationKind kind,
        string serverId,
        string location,
        Action effect,
        Action? started = null,
        Action? rollback = null,
        Action<Operation>? shape = null)
    {
        string serverName = ArmPath.Parse(serverId).Names[0];
        OperationFailure? busy = Operations.Busy(Operations.GroupOf(serverId), serverName, kind);
        if (busy is not null) return Refuse(kind, serverId, location, busy);

        Operation operation = Operations.Start(kind, serverId, Path.Subscription!, location);
        operation.Effect = effect;
        operation.Rollback = rollback;
        shape?.Invoke(operation);
        Strike(operation);
        if (Write is not null)
        {
            Write.OperationId = operation.Id;
            Write.Status = "InProgress";
            operation.Write = Write;
        }

        started?.Invoke();
        return Operations.Accepted(operation, Request.Url, ApiVersion);
    }

    /// <summary>Answers 202 for an operation that fails at its first poll, as the service refuses most writes.</summary>
    internal SandboxResponse Refuse(OperationKind kind, string serverId, string location, OperationFailure failure)
    {
        Operation operation = Operations.StartRefused(kind, serverId, Path.Subscription!, location, failure);
        if (Write is not null)
        {
            Write.OperationId = operation.Id;
            Write.Status = operation.Status.ToString();
            Write.EndedAt = Now;
            Write.Code = failure.Code;
        }

        return Operations.Accepted(operation, Request.Url, ApiVersion);
    }

    /// <summary>A list in pages of the size that the sandbox was made with.</summary>
    internal SandboxResponse List(IEnumerable<EstateResource> resources) =>
        List(resources.Select(resource => (Action<Utf8JsonWriter>)resource.WriteTo).ToArray());

    /// <summary>A list of nodes in pages.</summary>
    internal SandboxResponse List(IEnumerable<JsonNode> nodes) =>
        List(nodes.Select(node => (Action<Utf8JsonWriter>)(writer => node.WriteTo(writer))).ToArray());

    private SandboxResponse List(IReadOnlyList<Action<Utf8JsonWriter>> items)
    {
        int from = 0;
        if (Query.TryGetValue("$skiptoken", out string? token)
            && !int.TryParse(token, NumberStyles.Integer, CultureInfo.InvariantCulture, out from))
        {
            return Reply.Error(400, "InvalidSkipToken", "The provided skip token is invalid.");
        }

        bool isFirst = token is null;
        int size = isFirst && Quirks.EmptyFirstPages ? 0 : Math.Max(1, Options.PageSize);
        bool more = from + size < items.Count;
        string? next = more
            ? $"{Request.Url.Scheme}://{Request.Url.Authority}{Request.Url.AbsolutePath}?{QueryWithout("$skiptoken")}"
              + $"&%24skiptoken={(from + size).ToString(CultureInfo.InvariantCulture)}"
            : null;
        return Reply.Page(items.Skip(from).Take(size), next);
    }

    private string QueryWithout(string name) => string.Join(
        "&",
        Query.Where(pair => !ArmPath.Same(pair.Key, name))
            .Select(pair => Uri.EscapeDataString(pair.Key) + "=" + Uri.EscapeDataString(pair.Value)));

    private void Strike(Operation operation)
    {
        switch (Fault?.Kind)
        {
            case FaultKind.FailedOperation:
                operation.Failure = new OperationFailure(Fault.Code, Fault.Message);
                break;
            case FaultKind.CanceledOperation:
                operation.Failure = new OperationFailure("OperationCancelled", "The operation has been cancelled by user.", IsCanceled: true);
                break;
            case FaultKind.SucceedsWithoutEffect:
                operation.Effect = operation.Rollback;
                break;
            default:
                break;
        }
    }

    private static Dictionary<string, string> ReadQuery(string query)
    {
        Dictionary<string, string> all = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in query.TrimStart('?').Split(new[] { '&' }, StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf("=", StringComparison.Ordinal);
            string name = Uri.UnescapeDataString((equals < 0 ? part : part.Substring(0, equals)).Replace('+', ' '));
            all[name] = equals < 0 ? string.Empty : Uri.UnescapeDataString(part.Substring(equals + 1).Replace('+', ' '));
        }

        return all;
    }
}
