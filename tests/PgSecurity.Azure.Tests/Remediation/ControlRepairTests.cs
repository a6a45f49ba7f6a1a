using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Every control that has steps, on each of its failing cases: repaired in the sandbox it passes, undone it fails as before.</summary>
public sealed class ControlRepairTests
{
    private static readonly Dictionary<string, object> Choices = new(StringComparer.OrdinalIgnoreCase)
    {
        ["logAnalyticsWorkspaceId"] = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-monitor/providers/Microsoft.OperationalInsights/workspaces/law",
        ["entraTenantId"] = "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b",
        ["entraAdministratorObjectId"] = "11111111-2222-4333-8444-555555555555",
        ["entraAdministratorName"] = "sg-postgres-admins",
    };

    /// <summary>What a guard rightly refuses whatever the case: why is said by the guard's own test.</summary>
    private static readonly HashSet<string> NeverAlone = new(StringComparer.Ordinal) { "IDN-009" };

    /// <summary>Servers that cannot be: a key whose identity is not assigned, which the service makes sure of.</summary>
    private static readonly HashSet<(string Control, string Name)> Impossible = new() { ("IDN-007", "none"), ("IDN-007", "identity left out"), ("LOG-003", "a name that only contains it") };

    public static IEnumerable<object[]> FailingCases() => ControlCase.Files()
        .SelectMany(ControlCase.Read)
        .Where(one => one.Expect == Outcome.Fail && one.AfterRemediation == Outcome.Pass)
        .Where(one => !Impossible.Contains((one.Control, one.Name)))
        .Where(one => Repository.Catalogue.Find(one.Control) is { Remediation.Steps.Count: > 0 } && !NeverAlone.Contains(one.Control))
        .Select(one => new object[] { one.Control, one.Name });

    [Theory]
    [MemberData(nameof(FailingCases))]
    public async Task A_failing_server_is_repaired_and_given_back(string id, string name)
    {
        ControlCase one = ControlCase.Files().SelectMany(ControlCase.Read).Single(other => other.Control == id && other.Name == name);
        Posture posture = CasePosture.Build(one.Content, name);
        using RoadFixture fixture = new(new[] { posture });
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(SettingsOf(one), id);
        string before = Facts((await fixture.FindingsAsync(controls)).Single());

        IReadOnlyList<Change> changes = await fixture.RepairAsync(controls);

        Finding repaired = (await fixture.FindingsAsync(controls)).Single();
        Change? refused = changes.FirstOrDefault(change => change.Status == ChangeStatus.Skipped);
        if (refused is not null)
        {
            Assert.True(Guards.Any(guard => refused.Reason.Contains(guard + ":", StringComparison.Ordinal)), $"Nothing but a guard may refuse: {refused} {refused.Reason}");
            Assert.Equal(Outcome.Fail, repaired.Outcome);
            Assert.Empty(fixture.Sandbox.Writes);
            return;
        }

        Assert.True(repaired.Outcome is Outcome.Pass or Outcome.NotApplicable, $"{repaired} {repaired.Observed}\n" + string.Join("\n", changes.Select(change => change + " " + change.Reason)));
        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        int writes = fixture.Sandbox.Writes.Count;
        Assert.All(await fixture.RepairAsync(controls), change => Assert.Equal(ChangeStatus.AlreadyCompliant, change.Status));
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);

        IReadOnlyList<Change> undone = await fixture.UndoAsync();

        Assert.All(undone, change => Assert.True(
            change.Status == ChangeStatus.Changed || (change.Status == ChangeStatus.Skipped && IsForGoodReason(change)), $"{change} {change.Reason}"));
        if (undone.Any(change => change.Status == ChangeStatus.Skipped)) return;
        Finding again = (await fixture.FindingsAsync(controls)).Single();
        Assert.Equal(Outcome.Fail, again.Outcome);
        Assert.Equal(before, Facts(again), ignoreCase: true);
    }

    /// <summary>What the finding stands on. An absent value and an empty one are written back alike.</summary>
    private static string Facts(Finding finding) => string.Join(
        "\n", finding.Evidence.Select(evidence => $"{evidence.ResourceId} {evidence.Field}").Order(StringComparer.OrdinalIgnoreCase));

    /// <summary>One-way changes, values that the server does not allow any more, locks, and what was not there before.</summary>
    private static bool IsForGoodReason(Change change) =>
        change.Class == ChangeClass.OneWay
        || change.Reason.Contains("showed no value for it before", StringComparison.Ordinal)
        || Guards.Any(guard => change.Reason.Contains(guard + ":", StringComparison.Ordinal));

    private static readonly string[] Guards =
    {
        "otherWayIn", "entraAdministrator", "lastEntraAdministrator", "noMd5Roles", "lock", "parameter", "highAvailability", "serverState", "administrator",
        "firewall", "fixedAtCreation", "retention",
    };

    private static ControlSettings SettingsOf(ControlCase one)
    {
        Dictionary<string, JsonElement> values = Choices.ToDictionary(choice => choice.Key, choice => JsonSerializer.SerializeToElement(choice.Value));
        foreach (KeyValuePair<string, JsonElement> value in one.Parameters)
        {
            values[value.Key] = value.Value;
        }

        return ControlSettings.Create(values);
    }
}
