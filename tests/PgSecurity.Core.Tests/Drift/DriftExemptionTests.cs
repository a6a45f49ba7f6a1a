using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Drift;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Drift;

/// <summary>A finding that was set aside, or is no longer, is told apart from a change of the server.</summary>
public class DriftExemptionTests
{
    private const string Week = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""";
    private const string FiveWeeks = """{ "server": { "properties": { "backup": { "backupRetentionDays": 35 } } } }""";
    private const string EightDays = """{ "server": { "properties": { "backup": { "backupRetentionDays": 8 } } } }""";

    private static DateTimeOffset FirstLook => CasePosture.Build((JsonObject)JsonNode.Parse(Week)!, "look").CollectedAt!.Value;

    private static DateTimeOffset Now => FirstLook.AddDays(10);

    [Fact]
    public void One_that_expired_between_the_looks_is_no_change_of_the_server()
    {
        SecurityDrift drift = Assert.Single(Between(Week, Week, Exempt(until: FirstLook.AddDays(2))));
        Assert.Equal(DriftKind.ExemptionEnded, drift.Kind);
        Assert.StartsWith("Exempt", drift.Before, StringComparison.Ordinal);
        Assert.StartsWith("Fail", drift.After, StringComparison.Ordinal);
        Assert.Contains("'partner' expired on ", drift.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_was_made_between_the_looks_is_no_change_of_the_server()
    {
        SecurityDrift drift = Assert.Single(Between(Week, Week, Exempt(made: FirstLook.AddDays(3))));
        Assert.Equal(DriftKind.ExemptionBegan, drift.Kind);
        Assert.StartsWith("Fail", drift.Before, StringComparison.Ordinal);
        Assert.StartsWith("Exempt", drift.After, StringComparison.Ordinal);
        Assert.Contains("Set aside until", drift.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_of_the_first_look_may_be_others()
    {
        Assert.Equal(DriftKind.ExemptionBegan, Assert.Single(Between(Week, Week, Exempt(), ExemptionSet.None)).Kind);
        SecurityDrift taken = Assert.Single(Between(Week, Week, ExemptionSet.None, Exempt()));
        Assert.Equal(DriftKind.ExemptionEnded, taken.Kind);
        Assert.Contains("no longer among those", taken.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_set_aside_at_both_looks_has_not_moved_unless_its_evidence_did()
    {
        Assert.Empty(Between(Week, Week, Exempt()));
        SecurityDrift drift = Assert.Single(Between(Week, EightDays, Exempt()));
        Assert.Equal(DriftKind.FindingChanged, drift.Kind);
        Assert.StartsWith("Exempt", drift.Before, StringComparison.Ordinal);
        Assert.StartsWith("Exempt", drift.After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_changed_is_told_as_that_though_it_is_set_aside()
    {
        SecurityDrift worse = Assert.Single(Between(FiveWeeks, Week, Exempt()));
        Assert.Equal((DriftKind.FindingChanged, "Pass"), (worse.Kind, worse.Before));
        Assert.StartsWith("Exempt", worse.After, StringComparison.Ordinal);
        Assert.Equal(DriftKind.FindingChanged, Assert.Single(Between(Week, FiveWeeks, Exempt())).Kind);
        Assert.Equal(DriftKind.FindingAppeared, Assert.Single(Between(FiveWeeks, Week, Exempt(until: FirstLook.AddDays(2)))).Kind);
    }

    [Fact]
    public void A_server_that_changed_while_its_exemption_expired_is_both() => Assert.Equal(
        [DriftKind.ExemptionEnded, DriftKind.FindingChanged],
        Between(Week, EightDays, Exempt(until: FirstLook.AddDays(2))).Select(drift => drift.Kind));

    private static ExemptionSet Exempt(DateTimeOffset? until = null, DateTimeOffset? made = null) => new(
        [
            new Exemption
            {
                Name = "partner", Scope = "*", Controls = ["BCK-003"], Reason = "A copy is elsewhere.", Owner = "data@contoso.com",
                ExpiresOn = until ?? Now.AddYears(1), CreatedOn = made,
            },
        ],
        []);

    private static List<SecurityDrift> Between(string before, string after, ExemptionSet exemptions, ExemptionSet? first = null)
    {
        Posture Look(string json) => CasePosture.Build((JsonObject)JsonNode.Parse(json)!, "look");
        IEnumerable<CompiledControl> controls = Catalogue.All.Controls.Where(control => control.Id == "BCK-003").Select(control => CompiledControl.Compile(control, ControlSettings.None));
        return new SnapshotComparison(
                new Evaluator(controls.ToList(), new EvaluatorOptions { UtcNow = () => Now }),
                DriftScope.Findings,
                new DriftExemptions(first ?? exemptions, exemptions, () => Now))
            .Compare(Look(before), Look(after)).ToList();
    }
}
