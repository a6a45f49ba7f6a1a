using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Sandbox.Estate;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

/// <summary>The estate that ships with the module, as a sandbox: what its snapshot knows is answered, and nothing else.</summary>
public sealed class SampleEstateTests
{
    private const string Version = "?api-version=2025-08-01";

    private static readonly string[] OfServers =
    {
        "configurations", "firewallRules", "administrators", "databases", "backups", "virtualendpoints", "advancedThreatProtectionSettings", "privateEndpointConnections",
    };

    internal static string Sample { get; } = FindSample();

    [Fact]
    public void Every_server_is_answered_as_its_snapshot_has_it()
    {
        SandboxArm arm = SandboxArm.Load(Sample);
        int checkedFacets = 0;
        foreach (JsonObject posture in Postures())
        {
            string id = posture["server"]!.AsObject().Text("id")!;
            if (!ServerId.TryParse(id, out ServerId? parsed) || parsed!.IsSingleServer || posture["serverGap"] is not null) continue;
            SandboxResponse server = arm.Handle(SandboxRequest.Arm("GET", id + Version));
            Assert.Equal(200, server.Status);
            JsonObject shown = server.Json!.AsObject();
            JsonObject kept = posture["server"]!.AsObject().Copy();
            foreach (JsonObject body in new[] { shown, kept }) body.Object("properties").Drop("privateEndpointConnections");
            Assert.True(JsonNode.DeepEquals(kept, shown), id);
            foreach (JsonObject facet in (posture["facets"] as JsonArray ?? new JsonArray()).OfType<JsonObject>())
            {
                if (CheckFacet(arm, id, shown, facet)) checkedFacets++;
            }
        }

        Assert.True(checkedFacets > 50, $"only {checkedFacets} facets were checked");
    }

    [Fact]
    public async Task Many_threads_read_and_write_at_once()
    {
        SandboxArm arm = SandboxArm.Load(Sample);
        string[] servers = Postures().Select(posture => posture["server"]!.AsObject().Text("id")!)
            .Where(id => ServerId.TryParse(id, out ServerId? parsed) && !parsed!.IsSingleServer).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            foreach (string id in servers)
            {
                arm.Handle(SandboxRequest.Arm("GET", id + Version));
                arm.Handle(SandboxRequest.Arm("PATCH", id + Version, $$"""{"tags":{"worker":"{{worker}}"} }"""));
                arm.Handle(SandboxRequest.Arm("GET", id + "/configurations" + Version));
            }
        })));
        Assert.Equal(servers.Length * 8 * 3, arm.Requests.Total);
        Assert.All(arm.Writes, write => Assert.True(write.Number > 0));
    }

    private static bool CheckFacet(SandboxArm arm, string id, JsonObject server, JsonObject facet)
    {
        string type = facet.Text("type")!;
        string last = type.Substring(type.LastIndexOf('/') + 1);
        if (!type.StartsWith(KnownTypes.Server + "/", StringComparison.OrdinalIgnoreCase) || !OfServers.Contains(last, StringComparer.OrdinalIgnoreCase)) return false;
        SandboxResponse listed = arm.Handle(SandboxRequest.Arm("GET", $"{id}/{last}{Version}"));
        if (facet["gap"] is not null)
        {
            Assert.True(listed.Status is 403 or 400, $"{id} {last}: {listed.Status}");
            return true;
        }

        bool entraOff = last == "administrators" && !ArmPath.Same(server.Text("properties", "authConfig", "activeDirectoryAuth"), "Enabled");
        if (entraOff || (ArmPath.Same(server.Text("properties", "replicationRole"), "AsyncReplica") && last is "administrators" or "virtualendpoints")) return false;
        Assert.True(listed.Status == 200, $"{id} {last}: {listed.Status} {listed.Text}");
        string[] kept = facet["resources"]!.AsArray().Select(resource => resource!["name"]!.GetValue<string>()).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        string[] shown = listed.Json!["value"]!.AsArray().Select(resource => resource!["name"]!.GetValue<string>()).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        if (kept.Length == 0 && last == "advancedThreatProtectionSettings") return false;
        Assert.Equal(kept, shown);
        return true;
    }

    private static IEnumerable<JsonObject> Postures() => File.ReadLines(Sample).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!.AsObject());

    private static string FindSample()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "module", "Samples", "contoso.ndjson");
            if (File.Exists(candidate)) return candidate;
        }

        throw new FileNotFoundException("module/Samples/contoso.ndjson is not above the tests.");
    }
}
