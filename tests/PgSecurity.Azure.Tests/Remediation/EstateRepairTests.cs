using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Remediation.Guards;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>The sample estate, repaired as a whole: what is left has a guard; a second run writes nothing; undo gives it back.</summary>
public sealed class EstateRepairTests
{
    internal static readonly ControlSettings Settings = RoadFixture.Settings(
        ("logAnalyticsWorkspaceId", "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security"),
        ("entraTenantId", "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b"),
        ("entraAdministratorObjectId", "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d"),
        ("entraAdministratorName", "grp-payments-dba"));

    private readonly ITestOutputHelper _output;

    public EstateRepairTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task The_sample_estate_is_repaired_once_and_given_back()
    {
        using RoadFixture estate = RoadFixture.OfSampleEstate();
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(Settings);
        Dictionary<string, string> start = EstateFacts.Of(estate.Sandbox);

        IReadOnlyList<Change> changes = await estate.RepairAsync(controls);

        Show(changes);
        Assert.All(changes.Where(change => change.Status == ChangeStatus.Failed), change => Assert.Fail($"{change} {change.Reason}"));
        Assert.DoesNotContain(changes, change => change.Status == ChangeStatus.RestartRequired);
        IReadOnlyList<Finding> left = (await estate.FindingsAsync(controls)).Where(finding => finding.Outcome == Outcome.Fail && finding.IsRemediable).ToList();
        List<string> unexplained = left
            .Where(finding => !changes.Any(change => change.Status == ChangeStatus.Skipped && change.ResourceId == finding.ResourceId && change.ControlId.Contains(finding.ControlId)))
            .Select(finding => $"{finding}: {finding.Observed} | " + string.Join(" | ", changes.Where(change => change.ResourceId == finding.ResourceId && change.ControlId.Contains(finding.ControlId))))
            .ToList();
        Assert.True(unexplained.Count == 0, string.Join("\n", unexplained));

        int writes = estate.Sandbox.Writes.Count;
        IReadOnlyList<Change> again = await estate.RepairAsync(controls);
        Assert.Equal(writes, estate.Sandbox.Writes.Count);
        Assert.All(again, change => Assert.True(change.Status is ChangeStatus.AlreadyCompliant or ChangeStatus.Skipped, change.ToString()));

        IReadOnlyList<Change> undone = await estate.UndoAsync();
        Show(undone);
        Assert.All(undone.Where(change => change.Status == ChangeStatus.Failed), change => Assert.Fail($"{change} {change.Reason}"));
        AssertSame(start, EstateFacts.Of(estate.Sandbox), undone);
    }

    private void Show(IEnumerable<Change> changes)
    {
        foreach (IGrouping<string, Change> group in changes.Where(change => change.Status is not ChangeStatus.AlreadyCompliant).GroupBy(change => $"{change.Status} {string.Join("+", change.ControlId)} {change.Step} {change.Reason}"))
        {
            _output.WriteLine($"{group.Count()} × {group.Key}");
        }
    }

    private static void AssertSame(Dictionary<string, string> start, Dictionary<string, string> end, IReadOnlyList<Change> undone)
    {
        // What an undo says that it cannot do: one-way changes, deleting below a lock, values that are not allowed any more.
        Assert.All(undone.Where(change => change.Status == ChangeStatus.Skipped), change => Assert.NotEmpty(change.Reason));
        List<string> kept = undone.Where(change => change.Status == ChangeStatus.Skipped).Select(change => change.TargetId).ToList();
        List<string> different = start.Keys.Union(end.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(path => !kept.Any(id => path.StartsWith(id + " ", StringComparison.OrdinalIgnoreCase)))
            .Where(path => !path.Contains("/privateEndpointConnections[", StringComparison.Ordinal))
            .Where(path => !string.Equals(start.GetValueOrDefault(path), end.GetValueOrDefault(path), StringComparison.OrdinalIgnoreCase))
            .Select(path => $"{path}: {start.GetValueOrDefault(path)} -> {end.GetValueOrDefault(path)}")
            .ToList();
        Assert.True(different.Count == 0, $"{different.Count} values differ:\n" + string.Join("\n", different.Take(40)));
    }
}
