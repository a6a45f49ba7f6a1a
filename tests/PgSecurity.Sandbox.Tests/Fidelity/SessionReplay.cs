using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>What one replayed exchange showed.</summary>
internal sealed record ReplayResult(RecordedExchange Recorded, SandboxRequest Request, SandboxResponse Response, IReadOnlyList<string> Differences, bool IsSeeded);

/// <summary>
/// Replays a recorded session against a sandbox that starts from what the session finds and does not make. Requests go out
/// as they were recorded, or, those of flexible servers, with the newest stable API version. An operation ends when the recording says that it does;
/// one that failed by chance there (busy, an internal error, a cancellation) is made to fail here, while those that the
/// service refused for a reason must be refused by the sandbox itself.
/// </summary>
internal sealed class SessionReplay
{
    private const string Newest = "2025-08-01";

    private static readonly string[] ByChance =
    {
        "InternalServerError", "ServerIsBusy", "ServerBusy", "ProvisioningServerBusy", "OperationCancelled",
        "VirtualEndpointOwnerServerNotInReadyState", "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible",
    };

    private readonly IReadOnlyList<RecordedExchange> _session;
    private readonly bool _newest;
    private readonly SandboxArm _arm;
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string Id, int After)> _operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _unreplayable = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _seeded = new(StringComparer.OrdinalIgnoreCase);

    internal SessionReplay(IReadOnlyList<RecordedExchange> session, bool newest = false)
    {
        _session = session;
        _newest = newest;
        _arm = new SandboxArm(new SandboxOptions
        {
            Pace = SandboxPace.Manual,
            ParametersOfVersion = version => RealParameters.OfVersion(version).Concat(SeenParameters()),
            Quirks = new SandboxQuirks { OneWritePerServerGroup = false, AdministratorsRefusedAfterAuthChange = TimeSpan.Zero, SwitchoverNeedsSource = false },
        });
        Seed();
    }

    internal int NotReplayed { get; private set; }

    internal IEnumerable<ReplayResult> Run()
    {
        for (int at = 0; at < _session.Count; at++)
        {
            RecordedExchange recorded = _session[at];
            if (!ShowsChangeUnderWay(recorded))
            {
                _arm.Clock.Advance(TimeSpan.FromSeconds(31));
                EndOperations(at);
            }

            SandboxRequest? request = ReplayScope.Has(recorded) ? Translate(recorded) : null;
            if (request is null && recorded.Method != "GET") _unreplayable.Add(recorded.Path.Text);
            if (request is null || _unreplayable.Contains(recorded.Path.Text))
            {
                NotReplayed++;
                continue;
            }

            LetOthersAct(recorded);
            ForceFailure(recorded);
            SandboxResponse response = _arm.Handle(request);
            _arm.Faults.Clear();
            Follow(recorded, response, at);
            yield return new ReplayResult(recorded, request, response, Compare(recorded, response), _seeded.Contains(recorded.Path.Text));
        }
    }

    private static IReadOnlyList<string> Compare(RecordedExchange recorded, SandboxResponse response)
    {
        List<string> differences = new();
        if (recorded.Status != response.Status) differences.Add($"status {recorded.Status} not {response.Status} ({response.Text})");
        foreach (string header in new[] { "azure-asyncoperation", "location" })
        {
            if (recorded.Headers.ContainsKey(header) != response.Headers.ContainsKey(header)) differences.Add("header " + header);
        }

        if (recorded.Status == response.Status) differences.AddRange(BodyShape.Differences(recorded.Response, response.Json));
        if (Outcome(recorded.Response) is string outcome && outcome != Outcome(response.Json)) differences.Add($"outcome {outcome} not {Outcome(response.Json)}");
        return differences;
    }

    /// <summary>How a poll says that its operation ended; null for anything else.</summary>
    private static string? Outcome(JsonNode? body) =>
        body is JsonObject poll && poll.Text("status") is "Succeeded" or "Failed" or "Canceled" && poll.Has("name")
            ? poll.Text("status") + " " + poll.Text("error", "code")
            : null;

    private SandboxRequest? Translate(RecordedExchange recorded)
    {
        string url = recorded.Url.AbsoluteUri;
        if (OperationKey(recorded.Url.AbsoluteUri) is string key)
        {
            if (!_addresses.TryGetValue(key + Kind(url), out string? address)) return null;
            return new SandboxRequest(recorded.Method, new Uri(address));
        }

        if (_newest && ArmPath.Same(recorded.Path.Namespace, "Microsoft.DBforPostgreSQL")) url = Regex.Replace(url, "api-version=[^&]*", "api-version=" + Newest);
        url = Regex.Replace(url, "&(\\$|%24)skiptoken=[^&]*", string.Empty, RegexOptions.IgnoreCase);
        foreach ((string from, string to) in _names) url = url.Replace(from, to, StringComparison.OrdinalIgnoreCase);
        byte[]? body = recorded.Request is null ? null : Encoding.UTF8.GetBytes(recorded.Request.ToJsonString());
        return new SandboxRequest(recorded.Method, new Uri(url), headers: null, body);
    }

    // Read at once after the write, without a poll: the operation has not ended yet.
    private static bool ShowsChangeUnderWay(RecordedExchange recorded) =>
        recorded.Method == "GET"
        && recorded.Path.Type.EndsWith("/privateEndpointConnections", StringComparison.OrdinalIgnoreCase)
        && (recorded.Response as JsonObject)?.Text("properties", "provisioningState") == "Updating";

    private static string Kind(string url) => Regex.IsMatch(url, "azureAsyncOperation|/operations/|OperationStatuses", RegexOptions.IgnoreCase) ? "#status" : "#result";

    private static string? OperationKey(string url)
    {
        Match match = Regex.Match(
            url,
            "/(azureAsyncOperation|operationResults|operations|privateDnsOperationStatuses|privateDnsOperationResults|managedHsmOperationResults)/([^/?]+)(\\?|$)",
            RegexOptions.IgnoreCase);
        return match.Success ? match.Groups[2].Value : null;
    }

    private void Follow(RecordedExchange recorded, SandboxResponse response, int at)
    {
        foreach (string header in new[] { "azure-asyncoperation", "location" })
        {
            if (!recorded.Headers.TryGetValue(header, out string? theirs) || response.Header(header) is not string ours) continue;
            if (OperationKey(theirs) is not string key || OperationKey(ours) is not string id) continue;
            _addresses[key + Kind(theirs)] = ours;
            if (recorded.Method == "GET") continue;
            int after = Math.Max(at, LastSightInProgress(key, recorded, at));
            _operations[key] = (id, after);
            if (_arm.Operations.Find(id) is Operation operation) operation.Due = DateTimeOffset.MaxValue;
            if (_arm.RelatedOperations.Find(id) is RelatedOperation related) related.Due = DateTimeOffset.MaxValue;
        }

        if (recorded.Path.Is(KnownTypes.Server) && recorded.Response.Connections() is JsonArray theirConnections && response.Json.Connections() is JsonArray ourConnections)
        {
            for (int index = 0; index < Math.Min(theirConnections.Count, ourConnections.Count); index++)
            {
                _names[(theirConnections[index] as JsonObject).Text("name")!] = (ourConnections[index] as JsonObject).Text("name")!;
            }
        }
    }

    private int LastSightInProgress(string key, RecordedExchange write, int at)
    {
        int last = at;
        bool hasPolls = _session.Skip(at + 1).Any(Polls);
        if (!hasPolls && write.Method == "DELETE" && write.Path.Namespace is null)
        {
            return Math.Max(at, _session.ToList().FindLastIndex(seen => ArmPath.Same(seen.Path.Text, write.Path.Text) && seen.Method == "GET" && seen.Status == 200));
        }

        int end = _session.ToList().FindIndex(at + 1, seen => Polls(seen) && !((seen.Response as JsonObject).Text("status") == "InProgress" || seen.Status == 202));
        if (!ArmPath.Same(write.Path.Namespace, "Microsoft.DBforPostgreSQL") && end > at) return end - 1;
        bool Polls(RecordedExchange seen) => string.Equals(OperationKey(seen.Url.AbsoluteUri), key, StringComparison.OrdinalIgnoreCase);
        for (int later = at + 1; later < _session.Count; later++)
        {
            RecordedExchange seen = _session[later];
            bool waits = Polls(seen) && ((seen.Response as JsonObject).Text("status") == "InProgress" || seen.Status == 202);
            bool isServer = write.Path.Is(KnownTypes.Server) && ArmPath.Same(seen.Path.Text, write.Path.Text) && seen.Method == "GET";
            bool sameWrite = !hasPolls && isServer && write.Method is "PUT" or "PATCH" && (seen.Response as JsonObject).Text("properties", "state") is "Provisioning" or "Updating";
            if (waits || sameWrite) last = later;
            if (isServer && (seen.Response as JsonObject).Text("properties", "state") == "Ready" && !_session.Skip(later).Any(Polls)) break;
        }

        return last;
    }

    private void EndOperations(int at)
    {
        foreach ((string id, int after) in _operations.Values.ToArray())
        {
            if (at > after && _arm.RelatedOperations.Find(id) is RelatedOperation related) related.Due = DateTimeOffset.MinValue;
            if (at > after && _arm.Operations.Find(id) is Operation operation && operation.Due == DateTimeOffset.MaxValue)
            {
                operation.Due = operation.Group.Now;
            }
        }

        _arm.Resources();
    }

    /// <summary>
    /// What others did between two requests: what the session only reads has changed, a policy of the recorded
    /// subscription gave subnets a security group.
    /// </summary>
    private void LetOthersAct(RecordedExchange recorded)
    {
        bool isOnlyRead = _seeded.Contains(recorded.Path.Text) && _session.All(other => other.Method == "GET" || !ArmPath.IsAtOrBelow(recorded.Path.Text, other.Path.Text));
        if (isOnlyRead && recorded.Method == "GET" && recorded.Status == 200 && recorded.Response is JsonObject now && now.Text("id") is not null)
        {
            SeedBody(recorded.Path.Text, now);
            return;
        }

        if (recorded.Method != "GET" || !recorded.Path.Text.Contains("/virtualNetworks/", StringComparison.OrdinalIgnoreCase)) return;
        JsonObject? body = recorded.Response as JsonObject;
        JsonObject[] seen = (body.At("properties", "subnets") as JsonArray)?.OfType<JsonObject>().ToArray() ?? (body is null ? Array.Empty<JsonObject>() : new[] { body });
        foreach (JsonObject subnet in seen)
        {
            if (subnet.At("properties", "networkSecurityGroup") is not JsonObject group || _arm.Estate.Find(subnet.Text("id") ?? string.Empty) is not EstateResource own) continue;
            own.Properties["networkSecurityGroup"] = group.DeepClone();
            if (_arm.Estate.Find(ArmPath.Parse(own.Id).Root)?.Properties.Find("subnets") is not JsonArray shown) continue;
            for (int index = 0; index < shown.Count; index++)
            {
                if (ArmPath.Same((shown[index] as JsonObject).Text("id"), own.Id)) shown[index] = own.Body.Copy();
            }
        }
    }

    private void ForceFailure(RecordedExchange write)
    {
        JsonObject? error = write.Response as JsonObject;
        if (write.Status >= 500 || error.Text("error", "code") == "GeoBackupsNotAvailable")
        {
            _arm.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = write.Status, Code = error.Text("error", "code") ?? string.Empty, Message = error.Text("error", "message") ?? string.Empty });
            return;
        }

        if (!write.Headers.TryGetValue("azure-asyncoperation", out string? address) || OperationKey(address) is not string key) return;
        JsonObject? end = _session.Where(seen => string.Equals(OperationKey(seen.Url.AbsoluteUri), key, StringComparison.OrdinalIgnoreCase))
            .Select(seen => seen.Response as JsonObject).LastOrDefault(poll => poll.Text("status") is "Failed" or "Canceled");
        if (end is null || !ByChance.Contains(end.Text("error", "code"))) return;
        _arm.Faults.Add(new FaultRule
        {
            Kind = end.Text("status") == "Canceled" ? FaultKind.CanceledOperation : FaultKind.FailedOperation,
            Code = end.Text("error", "code")!,
            Message = end.Text("error", "message") ?? string.Empty,
        });
    }

    private void Seed()
    {
        HashSet<string> made = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> groups = new(StringComparer.OrdinalIgnoreCase);
        foreach (RecordedExchange exchange in _session)
        {
            ArmPath path = exchange.Path;
            if (path.Subscription is not null) _arm.Estate.AddSubscription(path.Subscription);
            string? group = path.ResourceGroup is null ? null : AzureEstate.GroupId(path.Subscription!, path.ResourceGroup);
            if (group is not null && groups.Add(group) && !(path.Namespace is null && ((exchange.Method == "PUT" && exchange.Status == 201) || exchange.Status == 404)))
            {
                _arm.Estate.EnsureGroup(path.Subscription!, path.ResourceGroup!, "westeurope");
                JsonObject? body = _session.Where(seen => seen.Method == "GET" && seen.Status == 200 && ArmPath.Same(seen.Path.Text, group))
                    .Select(seen => seen.Response as JsonObject).FirstOrDefault();
                if (body is not null) SeedBody(group, body);
            }

            if (exchange.Method == "PUT") made.Add(path.Text);
            if (exchange.Method != "GET" || exchange.Status != 200 || !ReplayScope.Has(exchange) || OperationKey(exchange.Url.AbsoluteUri) is not null) continue;
            if (path.Namespace is null && !path.Text.EndsWith("s", StringComparison.OrdinalIgnoreCase)) continue;
            if (path.IsResource) SeedOne(path.Text, exchange.Response as JsonObject, made);
            else SeedList(exchange, made);
        }
    }

    private void SeedOne(string id, JsonObject? body, HashSet<string> made)
    {
        ArmPath path = ArmPath.Parse(id);
        bool ownedByServer = path.Types.Count > 1 && ArmPath.Same(path.Namespace, "Microsoft.DBforPostgreSQL") && made.Contains(path.Root);
        if (body is null || ownedByServer || IsMade(path, made) || !made.Add(id)) return;
        SeedBody(id, body);
    }

    private void SeedList(RecordedExchange exchange, HashSet<string> made)
    {
        foreach (JsonObject item in ((exchange.Response as JsonObject).Find("value") as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            if (item.Text("id") is { Length: > 0 } id && id.Split('/').Length >= 5) SeedOne(id[0] == '/' ? id : "/" + id, item, made);
        }

        if (exchange.Path.Types.Count > 1 || exchange.Path.Types.Count == 0) _seeded.Add(exchange.Path.Text);
    }

    /// <summary>Whether the session makes the resource itself, alone or in the body of one above it.</summary>
    private bool IsMade(ArmPath path, HashSet<string> made)
    {
        if (made.Contains(path.Text)) return true;
        bool inNetwork = ArmPath.Same(path.Namespace, "Microsoft.Network") && path.Types.Count > 1 && made.Contains(path.Root)
            && ArmPath.Same(path.Types[0], "virtualNetworks");
        bool ofEndpoint = path.Type.EndsWith("privateEndpointConnections", StringComparison.OrdinalIgnoreCase);
        bool deletedVault = path.Is("Microsoft.KeyVault/locations/deletedVaults") && made.Any(id => id.EndsWith("/vaults/" + path.Name, StringComparison.OrdinalIgnoreCase));
        return inNetwork || ofEndpoint || deletedVault;
    }

    /// <summary>Parameters that the recorded region had and the list of real ones has not, with their defaults.</summary>
    private IEnumerable<JsonObject> SeenParameters()
    {
        HashSet<string> known = new(RealParameters.OfVersion("16").Select(parameter => parameter.Text("name")!), StringComparer.OrdinalIgnoreCase);
        foreach (RecordedExchange seen in _session)
        {
            if (!seen.Path.Is(KnownTypes.Server + "/configurations") || !seen.Path.IsResource || seen.Status != 200 || known.Count == 0 || !known.Add(seen.Path.Name)) continue;
            if (seen.Response is not JsonObject body || !body.Has("properties")) continue;
            JsonObject parameter = body.Copy();
            parameter.Object("properties")["value"] = parameter.At("properties", "defaultValue")?.DeepClone();
            parameter.Object("properties")["source"] = "system-default";
            yield return parameter;
        }
    }

    private void SeedParameters(string server, string version)
    {
        foreach (JsonObject parameter in RealParameters.OfVersion(version))
        {
            string id = server + "/configurations/" + parameter.Text("name");
            JsonObject copy = parameter.Copy();
            copy["id"] = id;
            _arm.Estate.Put(new EstateResource(id, KnownTypes.Server + "/configurations", parameter.Text("name")!, copy));
        }
    }

    private void SeedBody(string id, JsonObject body)
    {
        JsonObject copy = body.Copy();
        if (copy.Text("id") is null || copy.Text("id")![0] != '/') copy["id"] = id;
        _seeded.Add(id);
        ArmPath path = ArmPath.Parse(id);
        if (path.Is(KnownTypes.Server)) SeedParameters(id, copy.Text("properties", "version") ?? string.Empty);
        _arm.Estate.Put(new EstateResource(id, KnownTypes.Spelling(path.IsResource ? path.Type : "Microsoft.Resources/resourceGroups"), id.Substring(id.LastIndexOf('/') + 1), copy));
    }
}
