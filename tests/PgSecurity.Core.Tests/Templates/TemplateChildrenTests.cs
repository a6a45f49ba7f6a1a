using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using Xunit;
using static PgSecurity.Core.Tests.Templates.TemplateFixture;

namespace PgSecurity.Core.Tests.Templates;

/// <summary>Children and extensions in every shape that people and Bicep write.</summary>
public sealed class TemplateChildrenTests
{
    private const string Server = """{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"shop","location":"uksouth","sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},"properties":{"version":"16"}}""";
    private const string NamedByParameter = """{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"[parameters('serverName')]","properties":{"version":"16"}}""";
    private const string Rule = "\"properties\":{\"startIpAddress\":\"192.0.2.1\",\"endIpAddress\":\"192.0.2.1\"}";

    private static readonly string NestedOuter =
        Template($$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[concat(parameters('serverName'), '/office')]",{{Rule}} }]""");

    private static readonly string NestedInner =
        Template($$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[concat(parameters('of'), '/office')]",{{Rule}} }]""", """{"of":{"type":"string"}}""");

    private const string MyFunction =
        "\"functions\":[{\"namespace\":\"my\",\"members\":{\"name\":{\"parameters\":[{\"name\":\"of\",\"type\":\"string\"}],"
        + "\"output\":{\"type\":\"string\",\"value\":\"[concat('shop/', parameters('of'))]\"}}}}],";

    public static TheoryData<string, string> Shapes() => new()
    {
        { "nested with a bare type", Template($$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"shop","properties":{"version":"16"},"resources":[{"type":"firewallRules","apiVersion":"x","name":"office",{{Rule}} }]}]""") },
        { "nested with a full type", Template($$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"shop","properties":{"version":"16"},"resources":[{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"shop/office",{{Rule}} }]}]""") },
        { "at the top, in another case", Template($$"""[{{Server}},{"type":"microsoft.dbforpostgresql/FLEXIBLESERVERS/firewallrules","apiVersion":"x","name":"SHOP/office",{{Rule}} }]""") },
        { "before its server", Template($$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"shop/office",{{Rule}} },{{Server}}]""") },
        { "named by concat", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[concat(parameters('serverName'), '/office')]",{{Rule}} }]""", """{"serverName":{"type":"string","defaultValue":"shop"}}""") },
        { "named by format", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[format('{0}/{1}', parameters('serverName'), 'office')]",{{Rule}} }]""", """{"serverName":{"type":"string","defaultValue":"shop"}}""") },
        { "named by a parameter without a value", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[format('{0}/{1}', parameters('serverName'), 'office')]",{{Rule}} }]""", """{"serverName":{"type":"string"}}""") },
        { "named by a hash of the group", Template($$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"[variables('n')]","properties":{"version":"16"} },{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[concat(variables('n'), '/office')]",{{Rule}} }]""", variables: """{"n":"[concat('pg-', uniqueString(resourceGroup().id))]"}""") },
        { "by symbolic name", Template($$"""{"server":{{Server}},"rule":{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[format('{0}/{1}', 'shop', 'office')]",{{Rule}},"dependsOn":["server"]} }""", more: "\"languageVersion\":\"2.0\",") },
        { "in a nested deployment with outer scope", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.Resources/deployments","apiVersion":"x","name":"d","properties":{"mode":"Incremental","template":{{NestedOuter}} } }]""", """{"serverName":{"type":"string","defaultValue":"shop"}}""") },
        { "in a nested deployment with inner scope", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.Resources/deployments","apiVersion":"x","name":"d","properties":{"expressionEvaluationOptions":{"scope":"inner"},"mode":"Incremental","parameters":{"of":{"value":"[parameters('serverName')]"} },"template":{{NestedInner}} } }]""", """{"serverName":{"type":"string"}}""") },
        { "in a nested deployment whose parameter depends on a condition", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.Resources/deployments","apiVersion":"x","name":"d","properties":{"expressionEvaluationOptions":{"scope":"inner"},"mode":"Incremental","parameters":{"of":"[if(parameters('open'), createObject('value', parameters('serverName')), createObject('value', 'other'))]"},"template":{{NestedInner}} } }]""", """{"serverName":{"type":"string"},"open":{"type":"bool","defaultValue":true}}""") },
        { "in a nested deployment whose template is a variable", Template($$"""[{{NamedByParameter}},{"type":"Microsoft.Resources/deployments","apiVersion":"x","name":"d","properties":{"expressionEvaluationOptions":{"scope":"inner"},"mode":"Incremental","parameters":{"of":{"value":"[parameters('serverName')]"} },"template":"[variables('$fxv#0')]"} }]""", """{"serverName":{"type":"string"}}""", $$"""{"$fxv#0":{{NestedInner.Replace("\"[", "\"[[", StringComparison.Ordinal)}} }""") },
        { "in a loop", Template($$"""[{{Server}},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","copy":{"name":"rules","count":"[length(parameters('rules'))]"},"name":"[concat('shop/', parameters('rules')[copyIndex()].name)]","properties":{"startIpAddress":"[parameters('rules')[copyIndex('rules')].ip]","endIpAddress":"192.0.2.1"} }]""", """{"rules":{"type":"array","defaultValue":[{"name":"office","ip":"192.0.2.1"}]} }""") },
        { "by a function of the template's own", Template($$"""[{{Server}},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[my.name('office')]",{{Rule}} }]""", more: MyFunction) },
        { "exported and wrapped", "{\"template\":" + Template($$"""[{{Server}},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"shop/office",{{Rule}} }]""") + "}" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_child_belongs_to_its_server_in_every_shape(string shape, string template)
    {
        Posture posture = One(template);
        Assert.False(string.IsNullOrEmpty(shape));
        Assert.Null(posture.Server.Gap);
        Facet rules = posture.FacetOf(FacetTypes.FirewallRules);
        Assert.True(rules.IsComplete, rules.Gap?.Reason);
        Assert.Equal("office", Assert.Single(rules.Resources).Name);
        Assert.Equal("192.0.2.1", Value(rules.Resources[0], "properties.startIpAddress"));
        Assert.Equal("template", posture.Origin);
    }

    public static TheoryData<string, string> Extensions() => new()
    {
        { "by scope", """{"type":"Microsoft.Insights/diagnosticSettings","apiVersion":"x","scope":"[resourceId('Microsoft.DBforPostgreSQL/flexibleServers', 'shop')]","name":"d","properties":{}}""" },
        { "by relative scope", """{"type":"Microsoft.Insights/diagnosticSettings","apiVersion":"x","scope":"[format('Microsoft.DBforPostgreSQL/flexibleServers/{0}', 'shop')]","name":"d","properties":{}}""" },
        { "by type", """{"type":"Microsoft.DBforPostgreSQL/flexibleServers/providers/diagnosticSettings","apiVersion":"x","name":"[concat('shop', '/Microsoft.Insights/d')]","properties":{}}""" },
    };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void An_extension_belongs_to_its_server(string shape, string extension)
    {
        Assert.False(string.IsNullOrEmpty(shape));
        Facet settings = One(Template($"[{Server},{extension}]")).FacetOf(FacetTypes.DiagnosticSettings);
        Assert.Equal("d", Assert.Single(settings.Resources).Name);
        Assert.Equal(FacetGapKind.Partial, settings.Gap!.Kind);
    }

    [Fact]
    public void An_extension_inside_its_server_and_a_lock_on_the_group_are_found()
    {
        Posture posture = One(Template("""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"shop","properties":{"version":"16"},"resources":[
               {"type":"providers/diagnosticSettings","apiVersion":"x","name":"Microsoft.Insights/d","properties":{} }]},
             {"type":"Microsoft.Authorization/locks","apiVersion":"x","name":"l","properties":{"level":"CanNotDelete"} },
             {"type":"Microsoft.Network/privateEndpoints","apiVersion":"x","name":"pe","properties":{"privateLinkServiceConnections":[{"name":"c","properties":{"privateLinkServiceId":"[resourceId('Microsoft.DBforPostgreSQL/flexibleServers','shop')]","groupIds":["postgresqlServer"]} }]} }]
            """));
        Assert.Equal(new[] { "d" }, Names(posture, FacetTypes.DiagnosticSettings));
        Assert.Equal(new[] { "l" }, Names(posture, FacetTypes.Locks));
        Assert.Equal(new[] { "pe" }, Names(posture, FacetTypes.PrivateEndpoints));
    }

    [Fact]
    public void Children_of_an_existing_server_say_nothing_about_the_rest()
    {
        string existing = """{"server":{"existing":true,"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"shop"},"p":{"type":"Microsoft.DBforPostgreSQL/flexibleServers/configurations","apiVersion":"x","name":"shop/log_connections","properties":{"value":"off"} } }""";
        Posture posture = One(Template(existing, more: "\"languageVersion\":\"2.0\","));
        Assert.NotNull(posture.Server.Gap);
        Facet parameters = posture.FacetOf(FacetTypes.Configurations);
        Assert.Equal(FacetGapKind.Partial, parameters.Gap!.Kind);
        Assert.Equal("log_connections", Assert.Single(parameters.Resources).Name);
        Assert.Equal("off", Parameter(posture, "log_connections"));
        Assert.Contains("elsewhere", posture.FacetOf(FacetTypes.FirewallRules).Gap!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_condition_that_is_false_takes_a_resource_out_and_an_open_one_opens_the_list()
    {
        string rule = $$"""{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","condition":"[parameters('on')]","name":"shop/office",{{Rule}} }""";
        Facet Rules(string parameters) => One(Template($"[{Server},{rule}]", parameters)).FacetOf(FacetTypes.FirewallRules);

        Facet without = Rules("""{"on":{"type":"bool","defaultValue":false}}""");
        Assert.True(without.IsComplete);
        Assert.Empty(without.Resources);
        Assert.Single(Rules("""{"on":{"type":"bool","defaultValue":true}}""").Resources);
        Facet open = Rules("""{"on":{"type":"bool"}}""");
        Assert.Empty(open.Resources);
        Assert.Equal(FacetGapKind.Partial, open.Gap!.Kind);
    }

    [Fact]
    public void A_child_under_the_same_open_condition_as_its_server_is_sure()
    {
        string template = Template(
            $$"""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","condition":"[parameters('on')]","name":"shop","properties":{"version":"16"},"resources":[{"type":"firewallRules","name":"a",{{Rule}} }]},{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","condition":"[parameters('on')]","name":"shop/b",{{Rule}} }]""",
            """{"on":{"type":"bool"}}""");
        Facet rules = One(template).FacetOf(FacetTypes.FirewallRules);
        Assert.True(rules.IsComplete);
        Assert.Equal(2, rules.Resources.Count);
    }

    [Fact]
    public void A_loop_of_unknown_length_and_a_linked_template_open_the_lists()
    {
        string loop = $$"""{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","copy":{"name":"c","count":"[length(parameters('rules'))]"},"name":"[concat('shop/r', copyIndex())]",{{Rule}} }""";
        Posture open = One(Template($"[{Server},{loop}]", """{"rules":{"type":"array"}}"""));
        Assert.Contains("how many", open.FacetOf(FacetTypes.FirewallRules).Gap!.Reason, StringComparison.Ordinal);
        Assert.True(open.FacetOf(FacetTypes.Administrators).IsComplete);

        string linked = """{"type":"Microsoft.Resources/deployments","apiVersion":"x","name":"l","properties":{"mode":"Incremental","templateLink":{"uri":"https://example.org/t.json"} } }""";
        Posture unread = One(Template($"[{Server},{linked}]"));
        Assert.Contains("linked", unread.FacetOf(FacetTypes.FirewallRules).Gap!.Reason, StringComparison.Ordinal);
        Assert.Equal("?", Parameter(unread, "log_connections"));
    }

    [Fact]
    public void Rules_whose_names_are_not_known_are_all_kept()
    {
        string rule = $$"""{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[concat('shop/', parameters('rule'))]",{{Rule}} }""";
        Posture posture = One(Template($"[{Server},{rule},{rule}]", """{"rule":{"type":"string"}}"""));
        Assert.Equal(2, posture.FacetOf(FacetTypes.FirewallRules).Resources.Count);
    }

    [Fact]
    public void A_child_whose_server_cannot_be_told_opens_the_list_of_all()
    {
        string rule = $$"""{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"x","name":"[reference('x').outputs.name.value]",{{Rule}} }""";
        Assert.Equal(FacetGapKind.Partial, One(Template($"[{Server},{rule}]")).FacetOf(FacetTypes.FirewallRules).Gap!.Kind);
    }

    [Fact]
    public void Single_server_resources_and_names_stay_visible()
    {
        List<Posture> postures = Read(Template($$"""
            [{"type":"Microsoft.DBforPostgreSQL/servers","apiVersion":"2017-12-01","name":"old","properties":{"sslEnforcement":"Disabled"} },
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"shop","properties":{"version":"16","sslEnforcement":"Enabled"} },
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers/configurations","apiVersion":"x","name":"shop/log_retention_days","properties":{"value":"7"} }]
            """));
        Posture old = postures.Single(posture => posture.Id.IsSingleServer);
        Assert.Equal("Disabled", Value(old.Server, "properties.sslEnforcement"));
        Posture shop = postures.Single(posture => !posture.Id.IsSingleServer);
        Assert.Equal("Enabled", Value(shop.Server, "properties.sslEnforcement"));
        Assert.Equal("7", Parameter(shop, "log_retention_days"));
    }
}
