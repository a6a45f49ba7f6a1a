using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;
using PgSecurity.Sandbox.Throttling;

namespace PgSecurity.Benchmarks;

/// <summary>Servers of one subscription in a sandbox, all like one of the sample estate, behind a wire that takes its time.</summary>
internal sealed class SandboxEstate
{
    private const string Model = "psql-cards-prod";
    private static readonly DateTimeOffset Taken = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    private SandboxEstate(SandboxArm arm, IReadOnlyList<ServerId> servers, TimeSpan latency)
    {
        Servers = servers;
        Wire = new SlowTransport(new SandboxTransport(arm), latency);
        ArmClientOptions options = new() { Transport = Wire, PollDelay = TimeSpan.Zero };
        Client = new ArmClient(new ArmEndpoint(AzureCloud.Public.ResourceManager), null, options);
        Session = new AzureSession(
            Client, new ArmClient(new ArmEndpoint(AzureCloud.Public.Graph), null, options), AzureCloud.Public, "benchmark")
        {
            TenantId = arm.Options.TenantId,
            IsSandbox = true,
        };
    }

    /// <summary>The servers.</summary>
    public IReadOnlyList<ServerId> Servers { get; }

    /// <summary>The wire.</summary>
    public SlowTransport Wire { get; }

    /// <summary>The client.</summary>
    public ArmClient Client { get; }

    /// <summary>A connection.</summary>
    public AzureSession Session { get; }

    /// <summary>Makes an estate.</summary>
    /// <param name="count">How many servers.</param>
    /// <param name="limits">How many requests the service lets through.</param>
    /// <param name="latency">How long the wire takes for a request and its answer.</param>
    /// <param name="change">Changes the model's line before it is repeated.</param>
    public static SandboxEstate Make(int count, ThrottleLimits limits, TimeSpan latency, Action<JsonObject>? change = null)
    {
        JsonObject line = JsonNode.Parse(File.ReadLines(Repository.SampleEstate).First(text => text.Contains("/flexibleServers/" + Model + "\"", StringComparison.Ordinal)))!.AsObject();
        change?.Invoke(line);
        string text = line.ToJsonString();
        string[] names = Enumerable.Range(1, count).Select(number => FormattableString.Invariant($"psql-bench-{number:00000}")).ToArray();
        byte[][] lines = names.Select(name => Encoding.UTF8.GetBytes(text.Replace(Model, name, StringComparison.Ordinal))).ToArray();

        // The sandbox's time is the snapshot's, and passes as time does.
        TimeSpan lag = DateTimeOffset.UtcNow - Taken;
        SandboxArm arm = new(new SandboxOptions { Clock = new SandboxClock(() => DateTimeOffset.UtcNow - lag), Throttle = limits });
        foreach (byte[][] some in lines.Chunk(50))
        {
            using MemoryStream snapshot = new(some.SelectMany(one => one.Append((byte)'\n')).ToArray());
            arm.AddSnapshot(snapshot, "benchmark");
        }

        string id = (string)line["server"]!["id"]!;
        return new SandboxEstate(arm, names.Select(name => ServerId.Parse(id.Replace(Model, name, StringComparison.Ordinal))).ToArray(), latency);
    }

    /// <summary>Keeps of a line's parameters one alone, with a value.</summary>
    public static void KeepOneParameter(JsonObject line, string name, string value)
    {
        foreach (JsonNode? facet in line["facets"]!.AsArray())
        {
            if (!string.Equals((string?)facet!["type"], FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase)) continue;
            JsonArray parameters = facet["resources"]!.AsArray();
            foreach (JsonNode? other in parameters.Where(parameter => (string?)parameter!["name"] != name).ToArray())
            {
                parameters.Remove(other);
            }

            parameters[0]!["properties"]!["value"] = value;
        }
    }
}
