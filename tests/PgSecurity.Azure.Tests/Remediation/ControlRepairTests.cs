using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Targets;
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

    /// <summary>
    /// Controls that no case takes the whole way round, and why. Every other one that has steps must have such a case.
    /// </summary>
    private static readonly Dictionary<string, string> NeverGivenBack = new(StringComparer.Ordinal)
    {
        ["IDN-007"] = "The service lets no server be without the identity that uses its key.",
        ["NET-004"] = "A connection that was removed is made again only by the owner of its endpoint.",
        ["ACC-005"] = "The principal is gone: nothing can be assigned to it again.",
        ["IDN-009"] = "What kinds of passwords there are only a database tells: the module's test of databases repairs it on a real server.",
        ["DAT-003"] = "The service allows no version below 1.2 any more.",
        ["DAT-013"] = "Purge protection cannot be turned off.",
        ["DAT-017"] = "A server with geo-redundant backups is not left without the second key.",
    };

    /// <summary>Servers that cannot be: a key whose identity is not assigned, which the service makes sure of.</summary>
    private static readonly HashSet<(string Control, string Name)> Impossible = new() { ("IDN-007", "none"), ("IDN-007", "identity left out"), ("LOG-003", "a name that only contains it") };

    public static IEnumerable<object[]> FailingCases() => ControlCase.Files()
        .SelectMany(ControlCase.Read)
        .Where(one => one.Expect == Outcome.Fail && one.AfterRemediation == Outcome.Pass)
        .Where(one => !Impossible.Contains((one.Control, one.Name)))
        .Where(one => Repository.Catalogue.Find(one.Control) is { Remediation.Steps.Count: > 0 } && !IsSql(one.Control))
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

    /// <summary>Steps in SQL are taken on a real server: DatabaseRepairTests has each of their controls.</summary>
    private static bool IsSql(string id) => Repository.Catalogue.Find(id)!.Remediation.Steps.OfType<PgSecurity.Core.Remediation.RunSqlStep>().Any();

    public static IEnumerable<object[]> Remediable() => Repository.Catalogue.Controls
        .Where(control => control.Remediation.Steps.Count > 0 && !IsSql(control.Id))
        .Select(control => new object[] { control.Id });

    [Theory]
    [MemberData(nameof(Remediable))]
    public async Task Every_remediable_control_goes_the_whole_way_round(string id)
    {
        List<string> obstacles = new();
        foreach (ControlCase one in ControlCase.Files().SelectMany(ControlCase.Read).Where(one => one.Control == id && one.Expect == Outcome.Fail))
        {
            Posture posture = CasePosture.Build(one.Content, one.Name);
            foreach (Posture server in new[] { posture, WithoutLocks(posture), WithPasswords(WithoutLocks(posture)) })
            {
                if (await ObstacleAsync(one, server) is not string obstacle)
                {
                    Assert.False(NeverGivenBack.ContainsKey(id), "It goes the whole way: take it off the list.");
                    return;
                }

                obstacles.Add($"{one.Name}: {obstacle}");
            }
        }

        Assert.True(NeverGivenBack.ContainsKey(id), $"{id} has no case that goes the whole way: " + string.Join(" | ", obstacles));
    }

    /// <summary>The gravest class of what the road would do about a failing case is the one that the control's file, and so its page, declares.</summary>
    [Theory]
    [MemberData(nameof(Remediable))]
    public async Task A_control_declares_of_its_repair_what_the_road_says(string id)
    {
        List<ChangeClass> planned = new();
        foreach (ControlCase one in ControlCase.Files().SelectMany(ControlCase.Read).Where(one => one.Control == id && one.Expect == Outcome.Fail))
        {
            using RoadFixture fixture = new(new[] { CasePosture.Build(one.Content, one.Name) });
            ChangePlan plan = await fixture.PlanAsync(RoadFixture.Controls(SettingsOf(one), id));
            planned.AddRange(plan.Show().Where(change => change.Method != "POST").Select(change => change.Class));
        }

        Assert.NotEmpty(planned);
        Assert.Equal(Repository.Catalogue.Find(id)!.Remediation.Class.ToString(), NameOf(planned.Max()));
    }

    private static string NameOf(ChangeClass one) => one.ToString().Replace("With", "", StringComparison.Ordinal);

    /// <summary>The secure server of the cases has a lock against deleting, which is somebody's decision; here nobody made it.</summary>
    private static Posture WithoutLocks(Posture posture) => posture.With(new Facet(FacetTypes.Locks, Array.Empty<Resource>()));

    /// <summary>Where passwords are off, the last administrator stays.</summary>
    private static Posture WithPasswords(Posture posture)
    {
        JsonObject body = JsonNode.Parse(posture.Server.Body.GetRawText())!.AsObject();
        if (body["properties"]!["authConfig"] is JsonObject authentication) authentication["passwordAuth"] = "Enabled";
        return PostureEdit.WithServer(posture, body);
    }

    /// <summary>What keeps a failing server from being repaired, passing, taken back and failing as before; null where nothing does.</summary>
    private static async Task<string?> ObstacleAsync(ControlCase one, Posture posture)
    {
        using RoadFixture fixture = new(new[] { posture });
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(SettingsOf(one), one.Control);
        string before = Facts((await fixture.FindingsAsync(controls)).Single());
        Change? refused = (await fixture.RepairAsync(controls)).FirstOrDefault(change => change.Status != ChangeStatus.Changed);
        if (refused is not null) return $"{refused} {refused.Reason}";
        Finding repaired = (await fixture.FindingsAsync(controls)).Single();
        if (repaired.Outcome is not (Outcome.Pass or Outcome.NotApplicable)) return $"after the repair {repaired.Outcome}";
        Change? kept = (await fixture.UndoAsync()).FirstOrDefault(change => change.Status != ChangeStatus.Changed);
        if (kept is not null) return $"undo: {kept} {kept.Reason}";
        Finding again = (await fixture.FindingsAsync(controls)).Single();
        return again.Outcome == Outcome.Fail && string.Equals(before, Facts(again), StringComparison.OrdinalIgnoreCase) ? null : $"after the undo {again.Outcome}: {Facts(again)}";
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
        "firewall", "fixedAtCreation", "retention", "key", "keyStore", "keyIdentity", "geoKey",
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
