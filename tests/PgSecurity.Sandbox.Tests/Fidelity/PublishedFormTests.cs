using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Tests.Behaviours;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>Everything that the sample estate answers, and what related providers answer to writes, has the published form.</summary>
public sealed class PublishedFormTests(ITestOutputHelper output)
{
    private readonly SortedDictionary<string, int> _wrong = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _valid = new(StringComparer.Ordinal);

    [Fact]
    public void Every_resource_and_every_list_of_the_sample_estate()
    {
        if (PublishedApi.Load() is not PublishedApi servers || PublishedTypes.Load() is not PublishedTypes types) return;
        SandboxArm arm = SandboxArm.Load(SampleEstateTests.Sample);
        string[] ids = arm.Resources().Select(resource => resource.Text("id")!).Where(id => id.StartsWith('/')).ToArray();
        string[] lists = ids.Select(id => id.Substring(0, id.LastIndexOf('/'))).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        foreach (string address in ids.Concat(lists)) Ask(arm, address, servers, types);

        Report();
        Assert.Empty(_wrong);
        Assert.True(_valid.Values.Sum() > 1500, $"only {_valid.Values.Sum()} bodies were checked");
        Assert.Subset(_valid.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions", "Microsoft.Authorization/locks", "Microsoft.KeyVault/vaults",
            "Microsoft.KeyVault/vaults/keys", "Microsoft.Insights/diagnosticSettings", "Microsoft.Security/pricings",
        });
    }

    private void Ask(SandboxArm arm, string address, PublishedApi servers, PublishedTypes types)
    {
        ArmPath path = ArmPath.Parse(address);
        if (path.Namespace is null) return;
        string version = ArmPath.Same(path.Namespace, "Microsoft.DBforPostgreSQL") ? "2025-08-01" : types.VersionOf(path.Type) ?? "2024-01-01";
        SandboxResponse response = arm.Handle(SandboxRequest.Arm("GET", $"{address}?api-version={version}"));
        IReadOnlyList<string>? found = servers.Check("GET", address, response);
        if (found is not null) Note(path.Type, found);
        if (response.Status != 200 || types.VersionOf(path.Type) is null) return;
        foreach (JsonNode? body in path.IsResource ? [response.Json] : response.Json!["value"]!.AsArray()) Note(path.Type, types.Check(path.Type, body)!);
    }

    private void Note(string type, IReadOnlyList<string> found)
    {
        string[] open = found.Where(text => !ApiDisagreements.Has(text)).Distinct().ToArray();
        if (open.Length == 0) _valid[type] = _valid.GetValueOrDefault(type) + 1;
        foreach (string text in open) _wrong[type + ": " + text] = _wrong.GetValueOrDefault(type + ": " + text) + 1;
    }

    private void Report()
    {
        foreach ((string type, int count) in _valid) output.WriteLine($"{count,6} valid {type}");
        foreach ((string text, int count) in _wrong) output.WriteLine($"{count,6} wrong {text}");
    }
}
