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
    public void There_is_one_resource_an_operation_and_parameters_are_only_written()
    {
        Facet alerts = Derivation.Of(ActivityAlerts.FacetType);

        Assert.Equal(7, alerts.Resources.Count);
        Assert.DoesNotContain(alerts.Resources, alert => alert.Name == "configurations.delete");
        Assert.All(alerts.Resources, alert => Assert.Equal("watched", State(alert)));
        Assert.Contains(alerts.Resources, alert => alert.Property("operation").GetString() == "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/delete");
    }

    [Fact]
    public void A_clause_in_anyOf_is_enough_and_every_clause_of_allOf_is_needed()
    {
        Assert.Equal("watched", Write("""{ "anyOf": [ { "field": "operationName", "equals": "x" }, { "field": "resourceProvider", "equals": "Microsoft.DBforPostgreSQL" } ] }"""));
        Assert.Equal("no alert", Write("""{ "field": "resourceProvider", "equals": "Microsoft.DBforPostgreSQL" }, { "field": "operationName", "equals": "x" }"""));
    }

    [Fact]
    public void What_an_alert_lacks_is_named() =>
        Assert.Equal(
            "the alert a is narrowed by caller",
            Write("""{ "field": "operationName", "equals": "Microsoft.DBforPostgreSQL/flexibleServers/write" }, { "field": "caller", "equals": "joe" }"""));

    [Fact]
    public void A_condition_that_is_not_known_may_watch()
    {
        Assert.True(Server("write", Alert("""{ "$unknown": "why" }""")).IsUnknown("state"));
        Assert.True(Server("write", Alert("""{ "field": "operationName", "equals": { "$unknown": "why" } }""")).IsUnknown("state"));
        Assert.True(Server("write", Alert("""{ "field": "category", "equals": "Administrative" }""", scopes: """[ { "$unknown": "why" } ]""")).IsUnknown("state"));
        Assert.True(Server("write", Alert("""{ "field": "category", "equals": "Administrative" }""", enabled: """{ "$unknown": "why" }""")).IsUnknown("state"));
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
        Assert.Equal(watched, State(Server("write", Alert("""{ "field": "category", "equals": "Administrative" }""", scopes: $"[ \"{scope}\" ]"))) == "watched");

    private static string Write(string clauses) => State(Server("write", Alert(clauses)))!;

    private static string? State(Resource alert) => alert.Property("state").GetString();

    private static Resource Server(string verb, string alert) =>
        Derivation.Of(ActivityAlerts.FacetType, $$"""{ "facets": { "{{FacetTypes.ActivityLogAlerts}}": [ {{alert}} ] } }""")
            .Resources.Single(one => one.Name == "server." + verb);

    private static string Alert(string clauses, string scopes = $"[ \"{Subscription}\" ]", string enabled = "true") =>
        $$"""
          { "name": "a", "properties": { "enabled": {{enabled}}, "scopes": {{scopes}},
            "condition": { "allOf": [ {{clauses}} ] },
            "actions": { "actionGroups": [ { "actionGroupId": "{{Group}}" } ] } } }
          """;
}
