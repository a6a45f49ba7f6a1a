using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Drift;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.BuiltInPolicies;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Drift;

public class SnapshotComparisonTests
{
    private const string Rules = "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules";

    [Fact]
    public void The_same_look_twice_has_not_moved() =>
        Assert.All(SampleEstate.Postures(), one => Assert.DoesNotContain(
            Comparison().Compare(one.Posture, one.Posture), drift => drift.Kind != DriftKind.NotComparable));

    [Fact]
    public void A_property_that_moved_is_told_with_the_findings_that_follow()
    {
        IReadOnlyList<SecurityDrift> drifts = Between("{}", """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""");
        SecurityDrift property = Assert.Single(drifts, drift => drift.Kind == DriftKind.PropertyChanged);
        Assert.Equal("properties.backup.backupRetentionDays", property.Path);
        Assert.Equal("7", property.After);
        SecurityDrift finding = Assert.Single(drifts, drift => drift.ControlId == "BCK-003");
        Assert.Equal((DriftKind.FindingAppeared, Severity.Medium), (finding.Kind, finding.Severity!.Value));
        Assert.Equal(DriftKind.FindingVanished, Between("""{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""", "{}")
            .Single(drift => drift.ControlId == "BCK-003").Kind);
    }

    [Fact]
    public void Resources_that_come_and_go_are_told()
    {
        const string WithRule = """{ "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [ { "name": "office", "properties": { "startIpAddress": "198.51.100.7", "endIpAddress": "198.51.100.7" } } ] } }""";
        const string WithoutRule = """{ "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [] } }""";
        SecurityDrift added = Assert.Single(Between(WithoutRule, WithRule), drift => drift.Kind == DriftKind.ResourceAdded);
        Assert.EndsWith("/firewallRules/office", added.Target, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("198.51.100.7", added.After, StringComparison.Ordinal);
        Assert.Single(Between(WithRule, WithoutRule), drift => drift.Kind == DriftKind.ResourceRemoved);
    }

    [Fact]
    public void What_one_look_did_not_see_is_not_comparable_and_no_change()
    {
        const string Open = """{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } }, "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [ { "name": "all", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255" } } ] } }""";
        const string Refused = """{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } }, "unavailable": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": "403" } }""";
        foreach ((string before, string after) in new[] { (Open, Refused), (Refused, Open) })
        {
            IReadOnlyList<SecurityDrift> drifts = Between(before, after);
            Assert.Single(drifts, drift => drift.Kind == DriftKind.NotComparable && drift.Target == Rules);
            Assert.DoesNotContain(drifts, drift => drift.Kind is DriftKind.ResourceAdded or DriftKind.ResourceRemoved or DriftKind.FindingVanished or DriftKind.FindingAppeared);
            Assert.Contains(drifts, drift => drift.Kind == DriftKind.NotComparable && drift.ControlId == "NET-006" && drift.Reason.Contains("403", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Taking_any_facet_away_makes_no_change_out_of_it()
    {
        Posture whole = SampleEstate.Postures().First().Posture;
        Assert.All(whole.Facets.Where(facet => facet.Type != whole.Id.ResourceType), facet =>
        {
            Posture part = whole.With(Facet.Unavailable(facet.Type, "refused"));
            foreach (IEnumerable<SecurityDrift> drifts in new[] { Comparison().Compare(whole, part), Comparison().Compare(part, whole) })
            {
                Assert.All(drifts, drift => Assert.True(drift.Kind is DriftKind.NotComparable or DriftKind.FindingChanged, $"{facet.Type}: {drift}"));
            }
        });
    }

    [Fact]
    public void Noise_order_and_case_are_no_change()
    {
        IReadOnlyList<SecurityDrift> drifts = Between(
            Of("""{ "systemData": { "lastModifiedAt": "2026-01-01" }, "properties": { "x": ["b", "a"], "list": [ { "name": "one", "v": 1 }, { "name": "two", "v": 2 } ], "id2": "/subscriptions/ABC", "gone": null } }"""),
            Of("""{ "systemData": { "lastModifiedAt": "2026-02-02" }, "properties": { "x": ["a", "b"], "list": [ { "name": "two", "v": 2 }, { "name": "one", "v": 3 } ], "id2": "/subscriptions/abc" } }"""));
        Assert.Equal(("properties.list[one].v", "1", "3"), Assert.Single(drifts.Select(drift => (drift.Path, drift.Before, drift.After))));
    }

    [Fact]
    public void A_secret_that_moved_is_never_shown()
    {
        IReadOnlyList<SecurityDrift> drifts = Between(
            Of("""{ "properties": { "administratorLoginPassword": "hunter2-before", "note": "x" } }"""),
            Of("""{ "properties": { "administratorLoginPassword": "hunter2-after", "note": "postgres://me:hunter2@host/db" } }"""));
        Assert.Equal(2, drifts.Count);
        Assert.DoesNotContain(drifts, drift => $"{drift.Before} {drift.After} {drift}".Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_body_that_is_not_whole_says_so_once()
    {
        Posture whole = Of("""{ "properties": { "a": 1, "b": 2, "c": 3 } }""");
        Posture part = Of("""{ "properties": { "a": 5 } }""", gap: "a projected row");
        IReadOnlyList<SecurityDrift> drifts = Between(whole, part);
        Assert.Equal(
            [(DriftKind.PropertyChanged, "properties.a"), (DriftKind.NotComparable, "")],
            drifts.Select(drift => (drift.Kind, drift.Path)));
        Assert.Contains("a projected row", drifts[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_that_come_and_go_are_told_in_any_order()
    {
        Posture[] postures = SampleEstate.Postures().Select(one => one.Posture).Take(5).ToArray();
        IReadOnlyList<SecurityDrift> drifts = Whole(postures[..4], [postures[4], postures[2], postures[1], postures[0]]);
        Assert.Equal(
            [(DriftKind.ServerRemoved, postures[3].Id.Value), (DriftKind.ServerAdded, postures[4].Id.Value)],
            drifts.Where(drift => drift.Kind != DriftKind.NotComparable).Select(drift => (drift.Kind, drift.ResourceId)));
    }

    [Fact]
    public void A_server_that_may_be_in_a_part_that_could_not_be_read_has_not_gone()
    {
        Posture posture = SampleEstate.Postures().First().Posture;
        InputError broken = new("after.ndjson", 3, null, "this is no JSON", "Correct it.");
        List<InputError> unread = [];
        SecurityDrift drift = Assert.Single(Comparison().Compare([PostureReadResult.Of(posture)], [PostureReadResult.Of(broken)], unread.Add));
        Assert.Equal(DriftKind.NotComparable, drift.Kind);
        Assert.Equal([broken], unread);
    }

    [Fact]
    public void A_server_that_is_there_twice_is_said_to_be()
    {
        Posture posture = SampleEstate.Postures().First().Posture;
        SecurityDrift drift = Assert.Single(Whole([posture], [posture, posture]), one => one.Reason.Contains("more than once", StringComparison.Ordinal));
        Assert.Equal((DriftKind.NotComparable, posture.Id.Value), (drift.Kind, drift.ResourceId));
    }

    [Fact]
    public void Servers_in_the_same_order_are_not_kept()
    {
        // The second of a pair is read before the third: nothing but one server a side waits.
        int read = 0;
        IEnumerable<PostureReadResult> Stream()
        {
            foreach ((_, Posture posture) in SampleEstate.Postures())
            {
                read++;
                yield return PostureReadResult.Of(new Posture(posture.Id, posture.Server, [], posture.Source));
            }
        }

        using IEnumerator<SecurityDrift> drifts = new SnapshotComparison(new Evaluator([]), DriftScope.Properties)
            .Compare(Stream(), Changed(Stream()), _ => { }).GetEnumerator();
        Assert.True(drifts.MoveNext());
        Assert.Equal(2, read);
    }

    private static IEnumerable<PostureReadResult> Changed(IEnumerable<PostureReadResult> stream) => stream.Select(one =>
    {
        JsonObject body = (JsonObject)JsonNode.Parse(one.Posture!.Server.Body.GetRawText())!;
        body["properties"]!["version"] = "99";
        return PostureReadResult.Of(PostureOf(one.Posture.Id, body, null));
    });

    private static SnapshotComparison Comparison() => new(
        Evaluator.Create(Catalogue.All.Controls, ControlSettings.None, new EvaluatorOptions { UtcNow = () => Catalogue.Now }, []));

    private static IReadOnlyList<SecurityDrift> Between(string before, string after) => Comparison().Compare(
        CasePosture.Build((JsonObject)JsonNode.Parse(before)!, "before"), CasePosture.Build((JsonObject)JsonNode.Parse(after)!, "after")).ToList();

    private static IReadOnlyList<SecurityDrift> Between(Posture before, Posture after) =>
        new SnapshotComparison(new Evaluator([]), DriftScope.Properties).Compare(before, after).ToList();

    private static IReadOnlyList<SecurityDrift> Whole(IEnumerable<Posture> before, IEnumerable<Posture> after) =>
        Comparison().Compare(before.Select(PostureReadResult.Of), after.Select(PostureReadResult.Of), error => Assert.Fail(error.Reason)).ToList();

    private static Posture Of(string body, string? gap = null) => PostureOf(
        ServerId.Parse("/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/one"),
        (JsonObject)JsonNode.Parse(body)!,
        gap);

    private static Posture PostureOf(ServerId id, JsonObject body, string? gap)
    {
        body["id"] = id.Value;
        body["type"] = id.ResourceType;
        body["name"] = id.Name;
        return new Posture(id, new Resource(id.Value, id.ResourceType, id.Name, System.Text.Json.JsonSerializer.SerializeToElement(body), gap), [], "test");
    }
}
