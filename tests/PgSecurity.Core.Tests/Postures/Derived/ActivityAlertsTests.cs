using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ActivityAlertsTests
{
    private const string Subscription = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";

    private const string Group = Subscription + "/resourceGroups/rg-monitoring-prod/providers/Microsoft.Insights/actionGroups/ag-security";

    [Fact]
    public void There_is_one_resource_a_target_and_parameters_are_only_written()
    {
        Facet alerts = Derivation.Of(ActivityAlerts.FacetType);

        Assert.Equal(["server", "firewallRules", "configurations", "administrators"], alerts.Resources.Select(alert => alert.Name));
        Assert.All(alerts.Resources, alert => Assert.Equal("watched", State(alert)));
        Assert.Single(alerts.Find("configurations")!.Strings("alerts"));
        Assert.Equal(2, alerts.Find("firewallRules")!.Strings("alerts").Length);
    }

    [Fact]
    public void A_clause_in_anyOf_is_enough_and_every_clause_of_allOf_is_needed()
    {
        Assert.Equal("watched", State(Server(Alert("""{ "anyOf": [ { "field": "operationName", "equals": "x" }, { "field": "resourceProvider", "equals": "Microsoft.DBforPostgreSQL" } ] }"""))));
        Assert.Equal("no alert", State(Server(Alert("""{ "field": "resourceProvider", "equals": "Microsoft.DBforPostgreSQL" }, { "field": "operationName", "equals": "x" }"""))));
    }

    [Fact]
    public void What_is_missing_is_named_for_each_operation()
    {
        Assert.Equal(
            "on delete: no alert",
            State(Server(Alert("""{ "field": "operationName", "equals": "Microsoft.DBforPostgreSQL/flexibleServers/write" }"""))));
        Assert.Equal(
            "on write: the alert a is narrowed by caller; on delete: no alert",
            State(Server(Alert("""{ "field": "operationName", "equals": "Microsoft.DBforPostgreSQL/flexibleServers/write" }, { "field": "caller", "equals": "joe" }"""))));
    }

    [Fact]
    public void An_operation_that_is_certainly_not_watched_decides_beside_one_that_is_not_known() =>
        Assert.Equal("on delete: no alert", State(Server(Alert(
            """{ "field": "operationName", "equals": "Microsoft.DBforPostgreSQL/flexibleServers/write" }""", enabled: """{ "$unknown": "why" }"""))));

    [Fact]
    public void A_condition_that_is_not_known_may_watch()
    {
        Assert.True(Server(Alert("""{ "$unknown": "why" }""")).IsUnknown("state"));
        Assert.True(Server(Alert("""{ "field": "operationName", "equals": { "$unknown": "why" } }""")).IsUnknown("state"));
        Assert.True(Server(Alert("""{ "field": "category", "equals": "Administrative" }""", scopes: """[ { "$unknown": "why" } ]""")).IsUnknown("state"));
        Assert.True(Server(Alert("""{ "field": "category", "equals": "Administrative" }""", enabled: """{ "$unknown": "why" }""")).IsUnknown("state"));
    }

    [Fact]
    public void An_alert_that_watches_decides_though_more_may_exist()
    {
        Posture posture = Tests.Controls.CasePosture.Build(new(), "test");
        Facet some = new(FacetTypes.ActivityLogAlerts, posture.FacetOf(FacetTypes.ActivityLogAlerts).Resources, new FacetGap(FacetGapKind.Partial, "a template"));

        Assert.All(posture.With(some).FacetOf(ActivityAlerts.FacetType).Resources, alert => Assert.Equal("watched", State(alert)));
    }

    [Theory]
    [InlineData(Subscription, true)]
    [InlineData(Subscription + "/", true)]
    [InlineData(Subscription + "/resourceGroups/RG-PAYMENTS-PROD", true)]
    [InlineData(Subscription + "/resourceGroups/rg-pay", false)]
    [InlineData("", false)]
    public void A_scope_holds_what_is_below_it(string scope, bool watched) =>
        Assert.Equal(watched, State(Server(Alert("""{ "field": "category", "equals": "Administrative" }""", scopes: $"[ \"{scope}\" ]"))) == "watched");

    private static string Write(string clauses) => State(Server(Alert(clauses)))!;

    private static string? State(Resource alert) => alert.Property("state").GetString();

    private static Resource Server(string alert) =>
        Derivation.Of(ActivityAlerts.FacetType, $$"""{ "facets": { "{{FacetTypes.ActivityLogAlerts}}": [ {{alert}} ] } }""").Find("server")!;

    private static string Alert(string clauses, string scopes = $"[ \"{Subscription}\" ]", string enabled = "true") =>
        $$"""
          { "name": "a", "properties": { "enabled": {{enabled}}, "scopes": {{scopes}},
            "condition": { "allOf": [ {{clauses}} ] },
            "actions": { "actionGroups": [ { "actionGroupId": "{{Group}}" } ] } } }
          """;
}
