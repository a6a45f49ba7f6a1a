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

        // The service shows a server's connections in its body when it is read: the start is the estate as read.
        await estate.FindingsAsync(controls);
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

        int writes = estate.Sandbox.Requests.Writes;
        IReadOnlyList<Change> again = await estate.RepairAsync(controls);
        Assert.Equal(writes, estate.Sandbox.Requests.Writes);
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

    /// <summary>
    /// What an undo says that it cannot do: the step, the reason that it gives, and what therefore stays as the repair left it,
    /// below the resource that the change was about. Everything else must be as it was.
    /// </summary>
    private static readonly (string Step, string Reason, string Stays)[] Kept =
    {
        ("role assignment ", "The principal of the role assignment does not exist any more", " /"),
        ("private endpoint connection ", "is made again only from the endpoint's side", " /"),
        ("key vault ", "Purge protection of a vault cannot be turned off again", " /properties/enablePurgeProtection"),

        // The server had this lock before, and what the repair added below it cannot be deleted.
        ("Entra administrator ", "The lock 'do-not-delete' (CanNotDelete) stands against it", " /"),
        ("diagnostic setting ", "The lock 'do-not-delete' (CanNotDelete) stands against it", " /"),

        // The sample's server has a value that it does not allow: a person or an older version of the service set it.
        ("parameter pgaudit.log", "may not be 'all,-ddl' on this server", " /properties/value"),
    };

    private static void AssertSame(Dictionary<string, string> start, Dictionary<string, string> end, IReadOnlyList<Change> undone)
    {
        List<string> stays = new();
        foreach (Change kept in undone.Where(change => change.Status == ChangeStatus.Skipped))
        {
            (_, _, string part) = Assert.Single(Kept, one => kept.Step.StartsWith(one.Step, StringComparison.Ordinal) && kept.Reason.Contains(one.Reason, StringComparison.Ordinal));
            stays.Add(kept.TargetId + part);

            // The server's own body lists its connections, too.
            if (kept.Step.StartsWith("private endpoint connection ", StringComparison.Ordinal)) stays.Add(kept.ResourceId + " /properties/privateEndpointConnections[");
        }

        List<string> different = start.Keys.Union(end.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(path => !stays.Any(part => path.StartsWith(part, StringComparison.OrdinalIgnoreCase)))
            .Where(path => !path.EndsWith("/highAvailability/state", StringComparison.Ordinal)) // a standby that is being made comes to be healthy by itself
            .Where(path => !string.Equals(start.GetValueOrDefault(path), end.GetValueOrDefault(path), StringComparison.OrdinalIgnoreCase))
            .Select(path => $"{path}: {start.GetValueOrDefault(path)} -> {end.GetValueOrDefault(path)}")
            .ToList();
        Assert.True(different.Count == 0, $"{different.Count} values differ:\n" + string.Join("\n", different.Take(40)));
    }
}
