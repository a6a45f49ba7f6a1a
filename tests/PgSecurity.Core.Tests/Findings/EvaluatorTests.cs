using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Findings;

public class EvaluatorTests
{
    [Fact]
    public void Findings_come_one_a_control_in_the_order_of_the_catalogue()
    {
        Evaluator evaluator = Make(ExemptionSet.None);

        List<Finding> findings = evaluator.Evaluate(Posture("{}")).ToList();

        Assert.Equal(Catalogue.All.Controls.Select(control => control.Id), findings.Select(finding => finding.ControlId));
        Assert.Equal(["Network", "Identity", "AccessControl", "DataProtection", "Logging", "Backup", "Platform"], findings.Select(finding => finding.Section).Distinct());
    }

    [Fact]
    public void The_secure_base_fails_nothing_and_leaves_nothing_open() => Assert.DoesNotContain(
        Make(ExemptionSet.None).Evaluate(Posture("{}")), finding => finding.Outcome is Outcome.Fail or Outcome.Unknown);

    [Fact]
    public void Nothing_passes_where_nothing_is_known()
    {
        ServerId id = ServerId.Create("2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f", "rg", "pg-one");
        Posture posture = new(id, new Resource(id.Value, id.ResourceType, id.Name, JsonSerializer.SerializeToElement(new { name = id.Name }), "the server itself is not in the input"), [], "test");

        Assert.All(
            Make(ExemptionSet.None).Evaluate(posture).Where(finding => finding.ControlId is not "PLT-005" and not "NET-013"),
            finding => Assert.True(finding.Outcome == Outcome.Unknown, finding.ToString()));
    }

    [Fact]
    public void An_exemption_sets_aside_what_fails_and_leaves_what_passes()
    {
        Evaluator evaluator = Make(Exemption("2027-01-31"));

        Finding failing = evaluator.Evaluate(Posture("""{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }""")).First();
        Finding passing = evaluator.Evaluate(Posture("{}")).First();

        Assert.Equal((Outcome.Exempt, "partner"), (failing.Outcome, failing.Exemption));
        Assert.Contains("2027-01-31", failing.Reason, StringComparison.Ordinal);
        Assert.Contains("Without it the control fails", failing.Reason, StringComparison.Ordinal);
        Assert.Equal(Outcome.Pass, passing.Outcome);
    }

    [Fact]
    public void An_expired_exemption_sets_nothing_aside_and_says_so()
    {
        Finding finding = Make(Exemption("2026-11-23")).Evaluate(Posture("""{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }""")).First();

        Assert.Equal((Outcome.Fail, null), (finding.Outcome, finding.Exemption));
        Assert.Contains("'partner' expired on 2026-11-23", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_passed_is_explained_only_when_asked()
    {
        Finding quiet = Make(ExemptionSet.None).Evaluate(Posture("{}")).First();
        Finding told = Make(ExemptionSet.None, explainPassed: true).Evaluate(Posture("{}")).First();

        Assert.Empty(quiet.Evidence);
        Assert.Contains("publicNetworkAccess", told.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_asks_only_for_what_it_needs()
    {
        CompiledControl control = Catalogue.Compile("NET-001");

        Assert.Equal([FacetTypes.Server], control.RequiredFacets);
    }

    private static Evaluator Make(ExemptionSet exemptions, bool explainPassed = false) => new(
        Catalogue.All.Controls.Select(control => CompiledControl.Compile(control, ControlSettings.None)).ToList(),
        new EvaluatorOptions { Exemptions = exemptions, ExplainPassed = explainPassed, UtcNow = () => Catalogue.Now });

    private static ExemptionSet Exemption(string until) => ExemptionFile.Parse(
        $$"""[ { "name": "partner", "scope": "*", "controls": ["NET-001"], "reason": "A partner connects.", "owner": "net@contoso.com", "expiresOn": "{{until}}" } ]""", "e.json");

    private static Posture Posture(string changes) => CasePosture.Build((JsonObject)JsonNode.Parse(changes)!, "test");
}
