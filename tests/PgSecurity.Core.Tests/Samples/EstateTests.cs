using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>The sample estate as it ships.</summary>
[Collection("Estate")]
public class EstateTests
{
    private static readonly string FilePath = RepositoryFiles.In("module", "Samples", "contoso.ndjson");

    [Fact]
    public void The_file_is_what_the_stories_say()
    {
        string text = EstateGenerator.Text();
        if (RepositoryFiles.WriteGenerated)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            File.WriteAllText(FilePath, text);
        }

        Assert.True(
            File.Exists(FilePath) && File.ReadAllText(FilePath) == text,
            "module/Samples/contoso.ndjson is stale. Write it anew with PGSECURITY_WRITE_DOCS=1 set for this test.");
        Assert.InRange(text.Length, 100_000, 3_000_000);
    }

    [Fact]
    public void The_estate_has_every_kind_of_server()
    {
        IReadOnlyList<Posture> postures = EstateGenerator.Postures();

        Assert.InRange(postures.Count, 38, 45);
        Assert.Equal(postures.Count, postures.Select(posture => posture.Id).Distinct().Count());
        Assert.Equal(5, postures.Select(posture => posture.Id.SubscriptionId).Distinct().Count());
        Assert.Subset(
            Estate.Servers.Select(server => server.Version).ToHashSet(), new[] { "11", "13", "14", "15", "16", "17", "18" }.ToHashSet());
        Assert.Contains(postures, posture => posture.Id.IsSingleServer);
        Assert.Contains(postures, posture => posture.FacetOf(FacetTypes.Configurations).Gap?.Reason.Contains("ServerStopped", StringComparison.Ordinal) == true);
    }

    /// <summary>What several servers share is one resource: an Azure that answers for all of them has one body for it.</summary>
    [Fact]
    public void No_resource_is_told_in_two_ways()
    {
        string[] contradictions = EstateGenerator.Made
            .SelectMany(posture => posture.Facets.SelectMany(facet => facet.Resources).Append(posture.Server))
            .Where(resource => resource.Type != FacetTypes.Primary)
            .GroupBy(resource => resource.Id, StringComparer.OrdinalIgnoreCase)
            .Where(told => told.Select(resource => resource.Body.GetRawText().Replace(FacetTypes.Replicas, FacetTypes.Server, StringComparison.Ordinal)).Distinct().Count() > 1)
            .Select(told => told.Key)
            .ToArray();

        Assert.True(contradictions.Length == 0, string.Join(Environment.NewLine, contradictions));
    }

    /// <summary>One identity reads a subscription's alerts, plans and policies for all its servers or for none.</summary>
    [Theory]
    [InlineData(FacetTypes.ActivityLogAlerts)]
    [InlineData(FacetTypes.DefenderPlans)]
    [InlineData(FacetTypes.RoleAssignments)]
    [InlineData(FacetTypes.ConditionalAccess)]
    public void What_a_subscription_refuses_is_refused_for_all_its_servers(string type) =>
        Assert.All(
            EstateGenerator.Made.Where(posture => !posture.Id.IsSingleServer).GroupBy(posture => posture.Id.SubscriptionId),
            servers => Assert.Single(servers.Select(posture => posture.FacetOf(type).IsComplete).Distinct()));

    /// <summary>Controls that no live estate can fail or pass, and why.</summary>
    private static readonly Dictionary<string, string> NeverFails = new()
    {
        ["DAT-003"] = "the service allows no TLS version below 1.2",
        ["LOG-009"] = "the service fixes log_timezone to UTC",
        ["IDN-015"] = "a tenant has one set of Conditional Access policies, and Contoso's covers databases",
        ["NET-013"] = "single servers are retired: nothing answers for their rules any more",
        ["PLT-006"] = "a live server has no settings of the single server; a template may",
    };

    private static readonly Dictionary<string, string> NeverPasses = new()
    {
        ["NET-013"] = "it is about single servers, and nothing answers for their rules any more",
    };

    /// <summary>Of the controls that Azure alone can show: the estate was read through nothing else.</summary>
    [Fact]
    public void Every_control_fails_somewhere_and_passes_somewhere()
    {
        List<string> wrong = new();
        foreach (CompiledControl control in Catalogue.All.Controls.Where(control => control.Requires is null).Select(control => Catalogue.Compile(control.Id)))
        {
            HashSet<Outcome> outcomes = EstateGenerator.Made.Select(posture => Catalogue.Judge(control, posture).Outcome).ToHashSet();
            string id = control.Definition.Id;
            if (outcomes.Contains(Outcome.Fail) == NeverFails.ContainsKey(id)) wrong.Add($"{id} {(NeverFails.ContainsKey(id) ? "fails after all" : "fails nowhere")}");
            if (outcomes.Contains(Outcome.Pass) == NeverPasses.ContainsKey(id)) wrong.Add($"{id} {(NeverPasses.ContainsKey(id) ? "passes after all" : "passes nowhere")}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }
}
