using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Activity;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Gateways;
using PgSecurity.Sandbox.Operations;
using PgSecurity.Sandbox.Throttling;

namespace PgSecurity.Sandbox;

/// <summary>
/// ARM in memory: an estate that answers requests as Azure does, with the resource types that concern flexible servers,
/// Resource Graph, the Conditional Access policies of Microsoft Graph and the key rotation policies of a vault's data
/// plane. A pure function of its requests, its clock and its seed; safe for many threads.
/// </summary>
public sealed class SandboxArm
{
    private readonly object _gate = new();
    private readonly Random _random;
    private readonly Throttle _throttle;
    private readonly Gateway _gateway;
    private readonly List<SandboxWrite> _writes = new();

    /// <summary>Makes a sandbox without any resource.</summary>
    public SandboxArm(SandboxOptions? options = null)
    {
        Options = options ?? new SandboxOptions();
        Clock = Options.Clock ?? DefaultClock(Options.Pace);
        _random = new Random(Options.Seed);
        _throttle = new Throttle(Options.Throttle);
        Operations = new OperationBoard(Estate, Options, Clock, new Random(Options.Seed));
        RelatedOperations = new RelatedOperations(this);
        Faults = new FaultPlan(Options.Seed);
        _gateway = new Gateway();
    }

    /// <summary>The clock.</summary>
    public SandboxClock Clock { get; }

    /// <summary>The faults in force.</summary>
    public FaultPlan Faults { get; }

    /// <summary>How many requests came.</summary>
    public RequestCounts Requests { get; } = new();

    /// <summary>The options that it was made with.</summary>
    public SandboxOptions Options { get; }

    /// <summary>The writes that were accepted, in their order.</summary>
    public IReadOnlyList<SandboxWrite> Writes
    {
        get
        {
            lock (_gate)
            {
                Settle();
                return _writes.ToArray();
            }
        }
    }

    /// <summary>The subscriptions there are.</summary>
    public IReadOnlyList<string> Subscriptions
    {
        get
        {
            lock (_gate)
            {
                return Estate.Subscriptions.ToArray();
            }
        }
    }

    internal AzureEstate Estate { get; } = new();

    internal OperationBoard Operations { get; }

    internal RelatedOperations RelatedOperations { get; }

    internal ActivityRecords Activity { get; } = new();

    /// <summary>Makes a sandbox from a snapshot file, one posture a line, plain or gzip.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line is not a posture.</exception>
    public static SandboxArm Load(string snapshotPath, SandboxOptions? options = null)
    {
        SandboxArm arm = new(options);
        arm.AddSnapshot(snapshotPath);
        return arm;
    }

    /// <summary>Adds the postures of a snapshot file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line is not a posture.</exception>
    public void AddSnapshot(string path)
    {
        using FileStream stream = File.OpenRead(path);
        AddSnapshot(stream, path);
    }

    /// <summary>Adds the postures of a snapshot, read from a stream that can seek.</summary>
    /// <param name="stream">The snapshot, plain or gzip.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="FormatException">A line is not a posture.</exception>
    public void AddSnapshot(Stream stream, string name)
    {
        lock (_gate)
        {
            SnapshotReader.Read(Estate, stream, name);
        }
    }

    /// <summary>Adds a resource as it is, or replaces the one with its <c>id</c>.</summary>
    /// <exception cref="ArgumentException">The body has no id.</exception>
    public void Add(JsonObject resource)
    {
        string id = resource.Text("id") ?? throw new ArgumentException("A resource needs an id.", nameof(resource));
        ArmPath path = ArmPath.Parse(id);
        lock (_gate)
        {
            if (path.Subscription is not null && path.ResourceGroup is not null)
            {
                Estate.EnsureGroup(path.Subscription, path.ResourceGroup, resource.Text("location") ?? "westeurope");
            }

            string type = path.IsResource ? path.Type : resource.Text("type") ?? "Microsoft.Resources/resourceGroups";
            Estate.Put(id, KnownTypes.Spelling(type), path.Names.Count > 0 ? path.Name : id.Substring(id.LastIndexOf('/') + 1), resource.Copy());
            foreach (JsonObject connection in (resource.At("properties", "privateEndpointConnections") as JsonArray ?? new JsonArray()).OfType<JsonObject>())
            {
                if (path.Is(KnownTypes.Server) && connection.Text("id") is string own) Estate.Put(own, KnownTypes.Server + "/privateEndpointConnections", ArmPath.Parse(own).Name, connection.Copy());
            }
        }
    }

    /// <summary>Changes a resource behind everybody's back, as other people and infrastructure code do.</summary>
    /// <exception cref="KeyNotFoundException">There is no such resource.</exception>
    public void Edit(string id, Action<JsonObject> change)
    {
        lock (_gate)
        {
            EstateResource resource = Estate.Find(id) ?? throw new KeyNotFoundException($"The sandbox has no resource '{id}'.");
            change(resource.Body);
        }
    }

    /// <summary>Removes a resource, and all below it, behind everybody's back.</summary>
    public void Remove(string id)
    {
        lock (_gate)
        {
            Estate.Remove(id);
        }
    }

    /// <summary>Leaves a request in the activity log, as those of other people do; what it did is for <see cref="Edit"/> to do.</summary>
    /// <param name="resourceId">The resource that it was about.</param>
    /// <param name="operation">The operation, such as <c>Microsoft.DBforPostgreSQL/flexibleServers/write</c>.</param>
    /// <param name="caller">Who made it.</param>
    /// <param name="status">How it ended: <c>Succeeded</c> or <c>Failed</c>.</param>
    public void LogActivity(string resourceId, string operation, string caller, string status = "Succeeded")
    {
        lock (_gate)
        {
            DateTimeOffset now = Clock.UtcNow;
            Activity.Note(new LoggedRequest(resourceId, operation, caller, NewGuid(), "PUT", status == "Succeeded" ? 200 : 409, now, () => (status, now)));
        }
    }

    /// <summary>A copy of a resource as it is now; null where there is none.</summary>
    public JsonObject? Find(string id)
    {
        lock (_gate)
        {
            Settle();
            return Estate.Find(id)?.Body.Copy();
        }
    }

    /// <summary>Copies of all resources as they are now, by id.</summary>
    public IReadOnlyList<JsonObject> Resources()
    {
        lock (_gate)
        {
            Settle();
            return Estate.All().Select(resource => resource.Body.Copy()).ToArray();
        }
    }

    /// <summary>Answers a request.</summary>
    public SandboxResponse Handle(SandboxRequest request)
    {
        string address = HostedPath(request.Url);
        ArmPath path = ArmPath.Parse(address);
        lock (_gate)
        {
            Requests.Count(request.Method, path);
            FaultRule? fault = Faults.Next(request.Method, path.Text);
            if (fault is not null && FaultyAnswer(fault, request, path) is SandboxResponse early) return Finish(request, early);

            SandboxResponse? refusal = CheckToken(request)
                ?? _throttle.Take(request.Method, path.Subscription, path.Is("Microsoft.ResourceGraph/resources"), Clock.UtcNow);
            SandboxWrite? write = refusal is null ? NoteWrite(request, path) : null;
            SandboxResponse response = refusal ?? _gateway.Answer(new Exchange(this, request, path, fault, write));
            if (write is not null && response.Status >= 300) _writes.Remove(write);
            Finish(request, response);
            if (write is not null) Activity.Note(write, path, response, Options.Caller ?? Options.CallerObjectId);
            _throttle.Stamp(request.Method, path.Subscription, path.Is("Microsoft.ResourceGraph/resources"), response);
            if (fault is not null) Spoil(fault, response);
            return response;
        }
    }

    private void Settle()
    {
        Operations.SettleAll();
        RelatedOperations.Settle();
    }

    internal string NewGuid()
    {
        byte[] bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>
    /// The path that a request is routed by. A vault's data plane has a host of its own; over one loopback address it is
    /// written as <c>/_/{host}/…</c>.
    /// </summary>
    private static string HostedPath(Uri url)
    {
        string path = url.AbsolutePath;
        if (path.StartsWith("/_/", StringComparison.Ordinal))
        {
            int end = path.IndexOf('/', 3);
            string host = end < 0 ? path.Substring(3) : path.Substring(3, end - 3);
            string rest = end < 0 ? "/" : path.Substring(end);
            return IsVaultHost(host) ? "/_vault/" + host + rest : rest;
        }

        return IsVaultHost(url.Host) ? "/_vault/" + url.Host + path : path;
    }

    private static bool IsVaultHost(string host) =>
        host.IndexOf(".vault.", StringComparison.OrdinalIgnoreCase) > 0
        || host.IndexOf(".managedhsm.", StringComparison.OrdinalIgnoreCase) > 0;

    private static SandboxClock DefaultClock(SandboxPace pace) => pace == SandboxPace.Manual
        ? new SandboxClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
        : new SandboxClock(() => DateTimeOffset.UtcNow);

    private SandboxWrite? NoteWrite(SandboxRequest request, ArmPath path)
    {
        if (!RequestCounts.IsWrite(request.Method, path)) return null;
        SandboxWrite write = new(_writes.Count + 1, request.Method, path.Text, Clock.UtcNow);
        _writes.Add(write);
        return write;
    }

    private SandboxResponse? CheckToken(SandboxRequest request)
    {
        if (!Options.RequireToken) return null;
        if (request.Headers.TryGetValue("Authorization", out string? value)
            && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && value.Length > 7)
        {
            return null;
        }

        return Challenge(Reply.Gateway(401, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."), "invalid_token");
    }

    private SandboxResponse Challenge(SandboxResponse response, string error)
    {
        response.Headers["WWW-Authenticate"] =
            $"Bearer authorization_uri=\"https://login.windows.net/{Options.TenantId}\", error=\"{error}\", "
            + "error_description=\"The access token is missing, invalid or has expired.\"";
        return response;
    }

    private SandboxResponse? FaultyAnswer(FaultRule fault, SandboxRequest request, ArmPath path)
    {
        switch (fault.Kind)
        {
            case FaultKind.Status:
                SandboxResponse response = Reply.Error(fault.Status, fault.Code, fault.Message);
                if (fault.RetryAfter is int seconds)
                {
                    response.Headers["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                }

                return response;
            case FaultKind.Reset:
                return new SandboxResponse(0) { Break = TransportBreak.Reset };
            case FaultKind.ExpiredToken:
                return Challenge(
                    Reply.Gateway(401, "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time."),
                    "invalid_token");
            case FaultKind.Forbidden:
                return Gateways.Authorization.Forbidden(Options.CallerObjectId, request.Method, path);
            default:
                return null;
        }
    }

    private static void Spoil(FaultRule fault, SandboxResponse response)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                response.Delay = fault.Delay;
                break;
            case FaultKind.ResetAfterEffect:
                response.Break = TransportBreak.Reset;
                break;
            case FaultKind.TruncatedBody:
                response.Break = TransportBreak.Truncated;
                break;
            case FaultKind.MalformedJson:
                string text = response.Text;
                response.Body = Encoding.UTF8.GetBytes(text.Substring(0, text.Length / 2) + "}<html>");
                response.Headers["Content-Type"] = "application/json; charset=utf-8";
                break;
            default:
                break;
        }
    }

    private SandboxResponse Finish(SandboxRequest request, SandboxResponse response)
    {
        string id = NewGuid();
        response.Headers["x-ms-request-id"] = id;
        response.Headers["x-ms-correlation-request-id"] =
            request.Headers.TryGetValue("x-ms-correlation-request-id", out string? correlation) ? correlation : id;
        response.Headers["x-ms-routing-request-id"] = "SANDBOX:" + OperationBoard.Time(Clock.UtcNow) + ":" + id;
        if (request.Headers.TryGetValue("x-ms-client-request-id", out string? client)) response.Headers["x-ms-client-request-id"] = client;
        return response;
    }
}
