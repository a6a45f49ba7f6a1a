using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.BuiltInPolicies;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>What is exported to Azure Policy says what the catalogue says, on every posture there is to try.</summary>
public class PolicyVerdictTests
{
    public static IEnumerable<object[]> Ids() => CatalogueExport.Ids();

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_exported_definition_gives_the_verdict_of_its_control(string id)
    {
        ExportedPolicy exported = CatalogueExport.Find(id);
        CompiledPolicy theirs = CatalogueExport.Load(exported).Compile();
        CompiledControl ours = Catalogue.Compile(id);
        List<string> wrong = new();
        foreach ((string name, Posture posture) in PostureCorpus.All)
        {
            Outcome expected = Catalogue.Judge(ours, posture).Outcome;
            PolicyOutcome given = theirs.Evaluate(posture);
            bool agrees = Agree(expected, given)
                || LacksTheParameter(exported, posture, expected, given)
                || NoFailureEitherWay(ours, posture, expected, given)
                || VersionIsNotKnown(posture, expected, given);
            if (!agrees) wrong.Add($"{name}: {expected}, exported {given}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Failing_and_passing_servers_are_among_those_tried()
    {
        // Otherwise the agreement above would say nothing.
        int silent = CatalogueExport.Whole.Policies.Count(policy =>
        {
            CompiledPolicy compiled = CatalogueExport.Load(policy).Compile();
            HashSet<PolicyOutcome> seen = PostureCorpus.All.Select(one => compiled.Evaluate(one.Posture)).ToHashSet();
            return !seen.Contains(PolicyOutcome.NonCompliant) || !seen.Contains(PolicyOutcome.Compliant);
        });
        Assert.True(silent <= 1, $"{silent} definitions were not seen to fail and to pass.");
    }

    [Fact]
    public void Every_control_is_exported_or_left_out_by_name_with_a_reason()
    {
        PolicyExport export = CatalogueExport.Whole;
        Assert.Equal(
            Catalogue.All.Controls.Select(control => control.Id).Order(),
            export.Policies.Select(policy => policy.Control.Id).Concat(export.LeftOut.Select(control => control.ControlId)).Order());
        Assert.All(export.LeftOut, control => Assert.EndsWith(".", control.Reason, StringComparison.Ordinal));
        Assert.True(export.Policies.Count >= 35, $"Only {export.Policies.Count} are exported.");
    }

    [Theory]
    [InlineData("NET-006", "PgSecurity/firewallRanges")]
    [InlineData("BCK-001", "PgSecurity/regionOffers")]
    [InlineData("NET-005", "properties of the server")]
    [InlineData("NET-014", "every Microsoft.Network/virtualNetworks/subnets")]
    [InlineData("NET-015", "resource group")]
    [InlineData("IDN-004", "flexibleServers/administrators")]
    public void What_is_left_out_says_why(string id, string reason) =>
        Assert.Contains(reason, CatalogueExport.Whole.LeftOut.Single(control => control.ControlId == id).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_version_without_the_parameter_is_not_held_against_it()
    {
        JsonNode rule = CatalogueExport.Find("LOG-011").Properties["policyRule"]!["if"]!;
        Assert.Contains("\"notIn\":[\"18\"]", rule.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_in_force_become_defaults()
    {
        ControlSettings settings = ControlSettings.Create(new Dictionary<string, JsonElement>
        {
            ["backupRetentionDays"] = JsonSerializer.SerializeToElement(21),
            ["BCK-003.effect"] = JsonSerializer.SerializeToElement("Deny"),
        });
        PolicyExport export = CatalogueExport.Of(PolicyScope.ManagementGroup("contoso"), "BCK-003", settings);
        JsonNode parameters = export.Policies.Single().Properties["parameters"]!;
        Assert.Equal(21, (int)parameters["backupRetentionDays"]!["defaultValue"]!);
        Assert.Equal("Deny", (string?)export.Initiative["parameters"]!["effect-BCK-003"]!["defaultValue"]);
        Assert.StartsWith(
            "/providers/Microsoft.Management/managementGroups/contoso/providers/",
            (string?)export.Initiative["policyDefinitions"]![0]!["policyDefinitionId"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_of_anybody_is_left_as_it_is()
    {
        ControlDefinition plain = new()
        {
            Id = "theirs", Section = "Policy", Title = "Theirs", Severity = Severity.Low, Path = "theirs.json", IsPlain = true,
            Policy = Catalogue.All.Find("NET-001")!.Policy,
        };
        PolicyExport export = PolicyExporter.Export(
            [CompiledControl.Compile(plain, ControlSettings.None)], new PolicyExportOptions { Scope = PolicyScope.Subscription(Guid.Empty) });
        Assert.Empty(export.Policies);
        Assert.Contains("already", Assert.Single(export.LeftOut).Reason, StringComparison.Ordinal);
    }

    /// <summary>Where both speak: Azure Policy has no word for NotApplicable other than not failing.</summary>
    private static bool Agree(Outcome ours, PolicyOutcome theirs) => ours switch
    {
        Outcome.Fail => theirs == PolicyOutcome.NonCompliant,
        Outcome.Pass or Outcome.NotApplicable => theirs is PolicyOutcome.Compliant or PolicyOutcome.NotApplicable,
        _ => theirs == PolicyOutcome.Unknown,
    };

    /// <summary>
    /// Where it cannot be told whether a control applies, and its rule does not fail, it is NotApplicable or passed: both
    /// are compliant to Azure Policy. (Azure sees whole resources; this comes of parts of them.)
    /// </summary>
    private static bool NoFailureEitherWay(CompiledControl control, Posture posture, Outcome ours, PolicyOutcome theirs) =>
        ours == Outcome.Unknown
        && theirs is PolicyOutcome.Compliant or PolicyOutcome.NotApplicable
        && control.Policy.Evaluate(posture) is PolicyOutcome.Compliant or PolicyOutcome.NotApplicable;

    /// <summary>The exported rule leaves out versions that lack the parameter, which takes a version.</summary>
    private static bool VersionIsNotKnown(Posture posture, Outcome ours, PolicyOutcome theirs) =>
        ours == Outcome.Pass && theirs == PolicyOutcome.Unknown && ResourceField.Of(posture.Server, "properties.version").IsUnknown;

    /// <summary>The one difference that the export names: a listing that lacks a parameter which its version has.</summary>
    private static bool LacksTheParameter(ExportedPolicy policy, Posture posture, Outcome ours, PolicyOutcome theirs) =>
        ours == Outcome.NotApplicable
        && theirs == PolicyOutcome.NonCompliant
        && policy.Notes.Any(note => note.Contains("Azure Policy fails such a server", StringComparison.Ordinal))
        && posture.FacetOf(FacetTypes.Configurations).Find((string)policy.Properties["policyRule"]!["then"]!["details"]!["name"]!) is null;
}
