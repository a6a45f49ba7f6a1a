using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Undo;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Changes of which a journal has the intent and not the result.</summary>
public sealed class DoubtTests
{
    [Fact]
    public async Task A_change_whose_result_was_lost_is_settled_by_reading_the_server()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "connection_throttle.enable": "off" } }""") });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        string path = made.JournalPath;
        string[] lines = File.ReadAllLines(path);
        File.WriteAllText(path, string.Join("\n", lines.Take(lines.Length - 1)) + "\n" + lines[^1][..20]);

        JournalEntry lost = Assert.Single(fixture.Journal());
        Assert.Equal(ChangeStatus.InDoubt, lost.Status);
        Change settled = await DoubtSettler.SettleAsync(lost, fixture.Service, fixture.Clock, CancellationToken.None);

        Assert.Equal(ChangeStatus.Changed, settled.Status);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(fixture.Journal()).Status);
    }
}
