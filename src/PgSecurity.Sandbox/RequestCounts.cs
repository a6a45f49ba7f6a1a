using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox;

/// <summary>How many requests came, by kind and by server. Safe for many threads.</summary>
public sealed class RequestCounts
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _byKind = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _byServer = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _bySubscription = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All requests.</summary>
    public int Total { get; private set; }

    /// <summary>Requests that could change something: all but GET, HEAD and what asks by POST (Resource Graph, the directory).</summary>
    public int Writes { get; private set; }

    /// <summary>
    /// By kind: the method and the path with names as <c>*</c>, such as
    /// <c>GET Microsoft.DBforPostgreSQL/flexibleServers/*/configurations</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> ByKind => Copy(_byKind);

    /// <summary>By server id: requests of the server, of its children and of extension resources at it.</summary>
    public IReadOnlyDictionary<string, int> ByServer => Copy(_byServer);

    /// <summary>By subscription: requests in it that are not about one server.</summary>
    public IReadOnlyDictionary<string, int> BySubscription => Copy(_bySubscription);

    /// <summary>Starts from zero.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Total = 0;
            Writes = 0;
            _byKind.Clear();
            _byServer.Clear();
            _bySubscription.Clear();
        }
    }

    internal void Count(string method, ArmPath path)
    {
        lock (_gate)
        {
            Total++;
            if (IsWrite(method, path)) Writes++;
            Add(_byKind, method + " " + Kind(path));
            if (ServerId.TryParse(path.Text, out ServerId? server) && !server!.IsSingleServer) Add(_byServer, server.Value);
            else if (path.Subscription is not null) Add(_bySubscription, path.Subscription);
        }
    }

    /// <summary>Whether a request could change something.</summary>
    internal static bool IsWrite(string method, ArmPath path) =>
        method is not ("GET" or "HEAD")
        && !path.Is("Microsoft.ResourceGraph/resources")
        && !path.Text.EndsWith("/directoryObjects/getByIds", StringComparison.OrdinalIgnoreCase)
        && !path.Text.EndsWith("/checkNameAvailability", StringComparison.OrdinalIgnoreCase)
        && !path.Text.EndsWith("/getPrivateDnsZoneSuffix", StringComparison.OrdinalIgnoreCase);

    private static string Kind(ArmPath path)
    {
        if (path.Namespace is null)
        {
            return path.ResourceGroup is not null ? "resourceGroups/*" : path.Subscription is not null ? "subscriptions/*" : path.Text;
        }

        List<string> parts = new() { path.Namespace };
        for (int at = 0; at < path.Types.Count; at++)
        {
            parts.Add(path.Types[at]);
            if (at < path.Names.Count) parts.Add("*");
        }

        return string.Join("/", parts);
    }

    private static void Add(Dictionary<string, int> counts, string key) =>
        counts[key] = counts.TryGetValue(key, out int count) ? count + 1 : 1;

    private Dictionary<string, int> Copy(Dictionary<string, int> counts)
    {
        lock (_gate)
        {
            return counts.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        }
    }
}
