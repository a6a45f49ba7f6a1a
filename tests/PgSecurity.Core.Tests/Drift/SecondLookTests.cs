using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Drift;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using Xunit;

namespace PgSecurity.Core.Tests.Drift;

/// <summary>A server that the second look did not bring is gone only where that is proved.</summary>
public class SecondLookTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 1, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Second = First.AddDays(1);

    [Fact]
    public void What_is_gone_is_told_with_the_time_at_which_that_was_seen()
    {
        SecurityDrift drift = Assert.Single(Compare([Look("one", 7)], [], _ => SecondLook.Gone(Second)));
        Assert.Equal((DriftKind.ServerRemoved, First, Second), (drift.Kind, drift.BeforeAt!.Value, drift.AfterAt!.Value));
    }

    [Fact]
    public void What_cannot_be_told_is_not_comparable()
    {
        SecurityDrift drift = Assert.Single(Compare([Look("one", 7)], [], _ => SecondLook.Unknown("403")));
        Assert.Equal((DriftKind.NotComparable, "403"), (drift.Kind, drift.Reason));
    }

    [Fact]
    public void What_is_there_after_all_is_compared()
    {
        SecurityDrift drift = Assert.Single(Compare([Look("one", 7)], [], _ => SecondLook.Of(Look("one", 35, Second))));
        Assert.Equal((DriftKind.PropertyChanged, "7", "35"), (drift.Kind, drift.Before, drift.After));
    }

    [Fact]
    public void What_is_not_meant_is_not_told() => Assert.Empty(Compare([Look("one", 7)], [], _ => null));

    [Fact]
    public void Only_servers_without_a_counterpart_are_looked_for_again()
    {
        List<string> asked = [];
        Compare([Look("one", 7), Look("two", 7)], [Look("two", 7, Second)], posture =>
        {
            asked.Add(posture.Id.Name);
            return SecondLook.Gone(Second);
        });
        Assert.Equal(["one"], asked);
    }

    [Fact]
    public void A_server_that_came_or_went_has_the_time_of_the_look_that_does_not_have_it()
    {
        SecurityDrift added = Compare([Look("one", 7)], [Look("one", 7, Second), Look("two", 7, Second)], null).Single(drift => drift.Kind == DriftKind.ServerAdded);
        Assert.Equal((First, Second), (added.BeforeAt!.Value, added.AfterAt!.Value));
        SecurityDrift removed = Compare([Look("one", 7), Look("two", 7)], [Look("one", 7, Second)], null).Single(drift => drift.Kind == DriftKind.ServerRemoved);
        Assert.Equal((First, Second), (removed.BeforeAt!.Value, removed.AfterAt!.Value));
    }

    private static List<SecurityDrift> Compare(Posture[] before, Posture[] after, Func<Posture, SecondLook?>? lookAgain) =>
        new SnapshotComparison(new Evaluator([]), DriftScope.Properties).Compare(
            before.Select(PostureReadResult.Of), after.Select(PostureReadResult.Of), error => Assert.Fail(error.Reason), lookAgain).ToList();

    private static Posture Look(string name, int days, DateTimeOffset? at = null)
    {
        ServerId id = ServerId.Parse("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/" + name);
        JsonElement body = JsonSerializer.SerializeToElement(new { id = id.Value, type = id.ResourceType, name, properties = new { backup = new { backupRetentionDays = days } } });
        return new Posture(id, new Resource(id.Value, id.ResourceType, name, body), [], "test", at ?? First);
    }
}
