using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Whatever goes wrong with a write or a poll: the change is verified as made, or failed with its reason, and the journal agrees.</summary>
public sealed class WriteFaultTests
{
    private static readonly (string Method, string Path)[] Places =
    {
        ("PATCH", "*/configurations/connection_throttle.enable"), ("PATCH", "*/configurations/shared_preload_libraries"),
        ("PATCH", "*/flexibleServers/*"), ("PUT", "*/advancedThreatProtectionSettings/Default"), ("DELETE", "*/firewallRules/everybody"),
        ("PUT", "*/locks/*"), ("POST", "*/restart"), ("GET", "*/azureAsyncOperation/*"),
    };

    public static IEnumerable<object[]> Faults() =>
        from kind in Enum.GetValues<FaultKind>()
        from place in Places
        from times in LastsFor(kind)
        select new object[] { kind, place.Method, place.Path, times };

    /// <summary>Once for every kind; for ever for one kind of each: refused at once, in between, at the end.</summary>
    private static int[] LastsFor(FaultKind kind) =>
        kind is FaultKind.Status or FaultKind.ResetAfterEffect or FaultKind.FailedOperation ? new[] { 1, 1000 } : new[] { 1 };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_write_ends_verified_or_failed_with_its_reason(FaultKind kind, string method, string path, int times)
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = kind, Method = method, Path = path, Times = times, Delay = TimeSpan.FromMilliseconds(1), RetryAfter = 1 });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(OneServer.Compiled());

        Assert.NotEmpty(changes);
        foreach (Change change in changes)
        {
            Assert.True(change.Status != ChangeStatus.Failed || change.Reason.Length > 0, change.ToString());
            Assert.NotEqual(ChangeStatus.InDoubt, change.Status);
        }

        IReadOnlyList<JournalEntry> journal = fixture.Journal();
        foreach (Change change in changes.Where(change => change.ChangeId.Length > 0))
        {
            JournalEntry entry = Assert.Single(journal, entry => entry.ChangeId == change.ChangeId);
            Assert.Equal(change.Status, entry.Status);
            if (change.Status is ChangeStatus.Changed or ChangeStatus.RestartRequired) Assert.True(IsMade(fixture.Sandbox, entry), $"{change} is not in the sandbox");
        }

        foreach (SandboxWrite write in fixture.Sandbox.Writes)
        {
            Assert.Contains(journal, entry => write.Path.StartsWith(entry.TargetId, StringComparison.OrdinalIgnoreCase));
        }

        // The same command again, with nothing in its way, ends where an undisturbed run ends.
        fixture.Sandbox.Faults.Clear();
        await fixture.RepairAsync(OneServer.Compiled());
        Assert.All(await fixture.FindingsAsync(OneServer.Compiled()), finding => Assert.True(finding.Outcome != Outcome.Fail, $"{finding} {finding.Observed}"));
    }

    internal static bool IsMade(SandboxArm sandbox, JournalEntry entry)
    {
        JsonObject? resource = sandbox.Find(entry.TargetId);
        return entry.Method switch
        {
            WriteMethod.Delete => resource is null,
            WriteMethod.Post => true,
            _ => resource is not null && JsonShape.Has(resource, entry.Body),
        };
    }
}
