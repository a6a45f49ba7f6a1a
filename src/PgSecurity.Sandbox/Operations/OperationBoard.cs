using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Operations;

/// <summary>
/// All long-running operations of flexible servers: starts them, lets them end when their time has come, and answers
/// their polls. Used under the sandbox's lock.
/// </summary>
internal sealed class OperationBoard
{
    private static readonly TimeSpan InstantTouch = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, Operation> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServerGroup> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly AzureEstate _estate;
    private readonly SandboxOptions _options;
    private readonly SandboxClock _clock;
    private readonly Random _random;

    internal OperationBoard(AzureEstate estate, SandboxOptions options, SandboxClock clock, Random random)
    {
        _estate = estate;
        _options = options;
        _clock = clock;
        _random = random;
    }

    /// <summary>The group that a server belongs to.</summary>
    internal ServerGroup GroupOf(string serverId)
    {
        string primary = _estate.Find(serverId)?.Body.Text("properties", "sourceServerResourceId") is { Length: > 0 } source
            && ArmPath.Same(_estate.Find(serverId)!.Body.Text("properties", "replicationRole"), "AsyncReplica")
                ? source
                : serverId;
        if (!_groups.TryGetValue(primary, out ServerGroup? group))
        {
            group = new ServerGroup(primary, _clock);
            _groups[primary] = group;
        }

        return group;
    }

    /// <summary>Lets a request on a server be felt: with the instant pace time passes; what is due ends.</summary>
    internal void Touch(string serverId)
    {
        ServerGroup group = GroupOf(serverId);
        if (_options.Pace == SandboxPace.Instant && (group.Running.Count > 0 || group.BusyUntil > group.Now)) group.Pass(InstantTouch);
        Settle(group);
    }

    /// <summary>Lets everything end that is due.</summary>
    internal void SettleAll()
    {
        foreach (ServerGroup group in _groups.Values.ToArray())
        {
            Settle(group);
        }
    }

    /// <summary>The operation of an id; null where there is none.</summary>
    internal Operation? Find(string id) => _byId.TryGetValue(id, out Operation? operation) ? operation : null;

    /// <summary>Whether operations run, in any group.</summary>
    internal bool AnyRunning => _groups.Values.Any(group => group.Running.Count > 0);

    /// <summary>The failure of a write on a server where another one runs; null where it may run.</summary>
    internal OperationFailure? Busy(ServerGroup group, string serverName, OperationKind kind)
    {
        if (!_options.Quirks.OneWritePerServerGroup) return null;
        bool blocked = group.BusyUntil > group.Now || group.Running.Any(running => running.Kind.Busies && !RunBeside(running.Kind, kind));
        return blocked ? BusySpelling(serverName) : null;
    }

    /// <summary>Starts an operation.</summary>
    internal Operation Start(OperationKind kind, string serverId, string subscription, string location)
    {
        ServerGroup group = GroupOf(serverId);
        Operation operation = new(NextId(), kind, group, subscription, Locations.Name(location), group.Now) { Signature = Sign() };
        _byId[operation.Id] = operation;
        group.Running.Add(operation);
        return operation;
    }

    /// <summary>An operation that has been refused: it fails at its first poll and keeps nobody waiting.</summary>
    internal Operation StartRefused(OperationKind kind, string serverId, string subscription, string location, OperationFailure failure)
    {
        Operation operation = new(NextId(), kind, GroupOf(serverId), subscription, Locations.Name(location), GroupOf(serverId).Now)
        {
            Signature = Sign(),
            Failure = failure,
            Status = failure.IsCanceled ? OperationStatus.Canceled : OperationStatus.Failed,
        };
        _byId[operation.Id] = operation;
        return operation;
    }

    /// <summary>The 202 that starts an operation, with both addresses.</summary>
    internal SandboxResponse Accepted(Operation operation, Uri request, string apiVersion)
    {
        SandboxResponse response = Reply.Json(
            202,
            new JsonObject { ["operation"] = operation.Kind.Name, ["startTime"] = Time(operation.Start) });
        response.Headers["Azure-AsyncOperation"] = Address(operation, request, "azureAsyncOperation", apiVersion);
        response.Headers["Location"] = Address(operation, request, "operationResults", apiVersion);
        response.Headers["Retry-After"] = Pause(operation);
        return response;
    }

    /// <summary>Answers a poll of either address.</summary>
    internal SandboxResponse Poll(ArmPath path, Uri request, string apiVersion)
    {
        if (!_byId.TryGetValue(path.Name, out Operation? operation) || Uri.UnescapeDataString(request.Query).IndexOf(operation.Signature, StringComparison.Ordinal) < 0)
        {
            return Reply.Error(404, "ResourceNotFound", $"The requested operation '{path.Name}' was not found, or its address was changed.");
        }

        // A refused write has ended before anybody looks: its first poll passes the pause too, so that a retry finds another time.
        if (_options.Pace == SandboxPace.Instant && !operation.EndWasSeen)
        {
            operation.Group.Pass(TimeSpan.FromSeconds(operation.Kind.RetryAfter));
        }

        Settle(operation.Group);
        operation.EndWasSeen = operation.Status != OperationStatus.InProgress;
        return ArmPath.Same(path.Types[1], "azureAsyncOperation") ? Status(operation) : ResultOf(operation, request, apiVersion);
    }

    private SandboxResponse Status(Operation operation)
    {
        JsonObject body = new()
        {
            ["name"] = operation.Id,
            ["status"] = operation.Status.ToString(),
            ["startTime"] = Time(operation.Start),
        };
        if (operation.Status is OperationStatus.Failed or OperationStatus.Canceled)
        {
            body["error"] = Reply.ErrorBody(operation.Failure!.Code, operation.Failure.Message);
        }

        SandboxResponse response = Reply.Json(200, body);
        response.Headers["Retry-After"] = Pause(operation);
        return response;
    }

    private SandboxResponse ResultOf(Operation operation, Uri request, string apiVersion)
    {
        switch (operation.Status)
        {
            case OperationStatus.InProgress:
                SandboxResponse waiting = Reply.Empty(202);
                waiting.Headers["Location"] = Address(operation, request, "operationResults", apiVersion);
                waiting.Headers["Retry-After"] = Pause(operation);
                return waiting;
            case OperationStatus.Succeeded:
                return operation.Result?.Invoke() is JsonNode result
                    ? Reply.Json(operation.ResultStatus, result)
                    : Reply.Empty(operation.ResultStatus);
            default:
                return Reply.Error(400, operation.Failure!.Code, operation.Failure.Message);
        }
    }

    private void Settle(ServerGroup group)
    {
        DateTimeOffset now = group.Now;
        foreach (Operation operation in group.Running.Where(running => running.Due <= now).OrderBy(running => running.Due).ToArray())
        {
            group.Running.Remove(operation);
            if (operation.Failure is OperationFailure failure)
            {
                operation.Status = failure.IsCanceled ? OperationStatus.Canceled : OperationStatus.Failed;
                operation.Rollback?.Invoke();
            }
            else
            {
                operation.Status = OperationStatus.Succeeded;
                operation.Effect?.Invoke();
                if (_options.Quirks.BusyAfterSuccess > TimeSpan.Zero) group.BusyUntil = operation.Due + _options.Quirks.BusyAfterSuccess;
            }

            if (operation.Write is not null)
            {
                operation.Write.Status = operation.Status.ToString();
                operation.Write.EndedAt = _clock.UtcNow;
                operation.Write.Code = operation.Failure?.Code;
            }
        }
    }

    private bool RunBeside(OperationKind running, OperationKind wanted) =>
        _options.Quirks.FirewallRulesInParallel && IsFirewall(running) && IsFirewall(wanted);

    private static bool IsFirewall(OperationKind kind) =>
        kind == OperationKinds.UpsertFirewallRule || kind == OperationKinds.DropFirewallRule;

    private OperationFailure BusySpelling(string server)
    {
        string message = $"Cannot complete operation while server '{server}' is busy processing another operation. Try again later.";
        return (_options.Quirks.ManyBusySpellings ? _random.Next(4) : 0) switch
        {
            0 => new OperationFailure("ServerIsBusy", message),
            1 => new OperationFailure("ServerBusy", message),
            2 => new OperationFailure("ProvisioningServerBusy", message),
            _ => new OperationFailure(string.Empty, $"The server '{server}' is busy with other operations. Please try again later."),
        };
    }

    private string Pause(Operation operation) =>
        _options.Pace == SandboxPace.Instant ? "0" : operation.Kind.RetryAfter.ToString(CultureInfo.InvariantCulture);

    private static string Address(Operation operation, Uri request, string collection, string apiVersion) =>
        $"{request.Scheme}://{request.Authority}/subscriptions/{operation.Subscription}/providers/Microsoft.DBforPostgreSQL/locations/"
        + $"{Uri.EscapeDataString(operation.Location)}/{collection}/{operation.Id}?api-version={apiVersion}&{operation.Signature}";

    private string Sign()
    {
        string time = _clock.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);
        return $"t={time}&c={Letters(_options.SignedAddressLength)}&s={Letters(342)}&h={Letters(43)}";
    }

    private string Letters(int count)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder text = new(count);
        for (int at = 0; at < count; at++)
        {
            text.Append(Alphabet[_random.Next(Alphabet.Length)]);
        }

        return text.ToString();
    }

    private string NextId()
    {
        byte[] bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
