using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.Controls;
using Xunit;
using static PgSecurity.Core.Tests.Templates.TemplateFixture;

namespace PgSecurity.Core.Tests.Templates;

/// <summary>What a server of a template is, with what the template leaves out.</summary>
public sealed class TemplateServerTests
{
    private static string Server(string properties, string apiVersion = "2025-08-01") =>
        $$$"""{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"{{{apiVersion}}}","name":"shop","properties":{{{{properties}}} } }""";

    private static Posture Of(string properties, string parameters = "{}", string apiVersion = "2025-08-01") =>
        One(Template($"[{Server(properties, apiVersion)}]", parameters));

    [Fact]
    public void What_is_left_out_is_the_default()
    {
        Posture posture = Of("\"version\":\"16\"");
        Assert.Null(posture.Server.Gap);
        Assert.Equal("/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/main/providers/Microsoft.DBforPostgreSQL/flexibleServers/shop", posture.Id.Value);
        Assert.Equal("Enabled", Value(posture.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Enabled", Value(posture.Server, "properties.authConfig.passwordAuth"));
        Assert.Equal("Disabled", Value(posture.Server, "properties.authConfig.activeDirectoryAuth"));
        Assert.Equal("7", Value(posture.Server, "properties.backup.backupRetentionDays"));
        Assert.Equal("Disabled", Value(posture.Server, "properties.highAvailability.mode"));
        Assert.Equal("SystemManaged", Value(posture.Server, "properties.dataEncryption.type"));
        Assert.Equal("Disabled", Value(posture.Server, "properties.storage.autoGrow"));
        Assert.Equal("on", Parameter(posture, "require_secure_transport"));
        Assert.Equal("off", Parameter(posture, "connection_throttle.enable"));
        Assert.Equal("?", Parameter(posture, "max_connections"));
        Assert.True(posture.FacetOf(FacetTypes.Configurations).IsComplete);
        Assert.True(posture.FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.True(posture.FacetOf(FacetTypes.Administrators).IsComplete);
        Assert.Contains("elsewhere", posture.FacetOf(FacetTypes.Locks).Gap!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_version_does_not_have_is_absent_and_what_is_not_known_of_it_unknown()
    {
        Posture posture = Of("\"version\":\"18\"");
        Assert.Null(Parameter(posture, "connection_throttle.enable"));
        Assert.True(posture.FacetOf(FacetTypes.Configurations).IsComplete);
        Assert.Equal("?", Parameter(posture, "azure_storage.allow_network_access"));
    }

    [Theory]
    [InlineData("\"storage\":{}", "which version")]
    [InlineData("\"version\":\"[parameters('v')]\"", "which version")]
    [InlineData("\"version\":\"12\"", "PostgreSQL 12")]
    [InlineData("\"version\":\"16\",\"createMode\":\"Replica\"", "source")]
    public void Without_a_known_version_parameters_are_unknown(string properties, string reason)
    {
        Facet parameters = Of(properties, """{"v":{"type":"string"}}""").FacetOf(FacetTypes.Configurations);
        Assert.Empty(parameters.Resources);
        Assert.Contains(reason, parameters.Gap!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_in_a_virtual_network_has_no_public_access()
    {
        Assert.Equal("Disabled", Value(Of("\"network\":{\"delegatedSubnetResourceId\":\"/subscriptions/x\"}").Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("?", Value(Of("\"network\":{\"delegatedSubnetResourceId\":\"[parameters('s')]\"}", """{"s":{"type":"string"}}""").Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Enabled", Value(Of("\"network\":{\"delegatedSubnetResourceId\":null}").Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("?", Value(Of("\"network\":\"[parameters('n')]\"", """{"n":{"type":"object"}}""").Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void A_replica_takes_from_its_primary_what_is_left_out()
    {
        Posture replica = Of("\"createMode\":\"Replica\",\"sourceServerResourceId\":\"/x\"");
        Assert.Equal("?", Value(replica.Server, "properties.version"));
        Assert.Equal("?", Value(replica.Server, "properties.authConfig.passwordAuth"));
        Assert.Equal("?", Value(replica.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Disabled", Value(replica.Server, "properties.highAvailability.mode"));
        Assert.False(replica.FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.Equal("?", Value(Of("\"createMode\":\"[parameters('m')]\"", """{"m":{"type":"string"}}""").Server, "properties.authConfig.passwordAuth"));
    }

    [Fact]
    public void A_replica_finds_its_primary_in_the_template()
    {
        List<Posture> postures = Read(Template($$$"""
            [{{{Server("\"version\":\"16\"")}}},
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers/configurations","apiVersion":"x","name":"shop/log_connections","properties":{"value":"off"} },
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"replica","properties":{"createMode":"Replica","sourceServerResourceId":"[resourceId('Microsoft.DBforPostgreSQL/flexibleServers', 'shop')]"} }]
            """));
        Resource primary = Assert.Single(postures[1].FacetOf(FacetTypes.Primary).Resources);
        Assert.Equal("off", Value(primary, "properties.parameters.log_connections"));
        Assert.Equal("?", Value(primary, "properties.parameters.max_connections"));
        Assert.Equal("replica", Assert.Single(postures[0].FacetOf(FacetTypes.Replicas).Resources).Name);
    }

    [Fact]
    public void An_API_that_cannot_close_public_access_does_not_close_it()
    {
        string closed = "\"network\":{\"publicNetworkAccess\":\"Disabled\"}";
        Assert.Equal("?", Value(Of(closed, apiVersion: "2022-12-01").Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Disabled", Value(Of(closed, apiVersion: "2023-06-01-preview").Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void Secrets_and_unresolved_values_are_marked()
    {
        Posture posture = Of(
            "\"administratorLogin\":\"[parameters('login')]\",\"administratorLoginPassword\":\"hunter2hunter2\",\"authConfig\":{\"tenantId\":\"[subscription().tenantId]\",\"passwordAuth\":\"[reference('x').y]\"}",
            """{"login":{"type":"securestring","defaultValue":"boss"}}""");
        Assert.Equal("?", Value(posture.Server, "properties.administratorLoginPassword"));
        Assert.Equal("?", Value(posture.Server, "properties.administratorLogin"));
        Assert.Equal("?", Value(posture.Server, "properties.authConfig.tenantId"));
        Assert.Equal("?", Value(posture.Server, "properties.authConfig.passwordAuth"));
        Assert.Equal("Disabled", Value(posture.Server, "properties.authConfig.activeDirectoryAuth"));
        Assert.DoesNotContain("hunter2", posture.Server.Body.GetRawText(), StringComparison.Ordinal);
        Assert.NotNull(One(Template("""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","name":"shop","properties":"[parameters('p')]"}]""", """{"p":{"type":"object"}}""")).Server.Gap);
    }

    [Fact]
    public void Parameters_come_from_outside_from_a_default_and_from_each_other()
    {
        string template = Template(
            $"[{Server("\"version\":\"[parameters('version')]\",\"backup\":{\"backupRetentionDays\":\"[variables('days')]\"}")}]",
            """{"version":{"type":"string","defaultValue":"14"},"base":{"type":"int","defaultValue":10},"twice":{"type":"int","defaultValue":"[mul(parameters('base'), 2)]"}}""",
            """{"days":"[add(parameters('twice'), variables('one'))]","one":1}""");
        Assert.Equal("14", Value(One(template).Server, "properties.version"));
        Assert.Equal("21", Value(One(template).Server, "properties.backup.backupRetentionDays"));
        Posture given = One(template, """{"$schema":"x","parameters":{"version":{"value":"17"},"base":{"reference":{"keyVault":{"id":"x"},"secretName":"s"}}}}""");
        Assert.Equal("17", Value(given.Server, "properties.version"));
        Assert.Equal("?", Value(given.Server, "properties.backup.backupRetentionDays"));
        Assert.Equal("15", Value(One(template, """{"version":"15"}""").Server, "properties.version"));
        Assert.Equal("?", Value(Of("\"version\":\"[parameters('a')]\"", """{"a":{"type":"string","defaultValue":"[parameters('b')]"},"b":{"type":"string","defaultValue":"[parameters('a')]"}}""").Server, "properties.version"));
    }

    [Fact]
    public void A_parameters_file_beside_the_template_is_read()
    {
        string folder = Directory.CreateTempSubdirectory("pgsecurity").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "main.json"), Template($"[{Server("\"version\":\"[parameters('v')]\"")}]", """{"v":{"type":"string"}}"""));
            File.WriteAllText(Path.Combine(folder, "main.parameters.json"), """{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","contentVersion":"1.0.0.0","parameters":{"v":{"value":"15"}}}""");
            List<PostureReadResult> results = PostureReader.Read(new[] { Path.Combine(folder, "main.json"), Path.Combine(folder, "main.parameters.json") }).ToList();
            Assert.Equal("15", Value(Assert.Single(results, result => result.Posture is not null).Posture!.Server, "properties.version"));
            Assert.DoesNotContain(results, result => result.Error is not null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_server_parameter_is_what_the_template_sets_if_it_surely_sets_it()
    {
        string Parameter1(string name, string value, string more = "") =>
            $$$"""{"type":"Microsoft.DBforPostgreSQL/flexibleServers/configurations","apiVersion":"x","name":"{{{name}}}",{{{more}}}"properties":{"value":"{{{value}}}","source":"user-override"} }""";
        const string Open = "\"condition\":\"[parameters('on')]\",";
        Posture posture = One(Template(
            $"[{Server("\"version\":\"16\"")},{Parameter1("shop/log_connections", "OFF")},{Parameter1("shop/log_disconnections", "off", Open)},{Parameter1("shop/log_checkpoints", "on", Open)},{Parameter1("shop/pgaudit.log", "read")},{Parameter1("shop/pgaudit.log", "all")},{Parameter1("shop/log_statement", "[reference('x').y]")}]",
            """{"on":{"type":"bool"}}"""));
        Assert.Equal("OFF", Parameter(posture, "log_connections"));
        Assert.Equal("?", Parameter(posture, "log_disconnections"));
        Assert.Equal("on", Parameter(posture, "log_checkpoints"));
        Assert.Equal("?", Parameter(posture, "pgaudit.log"));
        Assert.Equal("?", Parameter(posture, "log_statement"));
        Assert.Equal("TLSv1.2", Parameter(posture, "ssl_min_protocol_version"));

        Posture unnamed = One(Template($"[{Server("\"version\":\"16\"")},{Parameter1("[concat('shop/', parameters('p'))]", "off")},{Parameter1("shop/log_connections", "on")}]", """{"p":{"type":"string"}}"""));
        Assert.Equal("?", Parameter(unnamed, "require_secure_transport"));
        Assert.Equal("on", Parameter(unnamed, "log_connections"));
    }

    [Fact]
    public void Loops_over_properties_and_keys_that_are_expressions_are_resolved()
    {
        Posture posture = One(Template("""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"x","name":"shop",
              "identity":{"type":"UserAssigned","userAssignedIdentities":{"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id')]":{} } },
              "properties":{"version":"16","copy":[{"name":"list","count":3,"input":"[concat('n', copyIndex('list', 1))]"}]} }]
            """));
        Assert.Equal("[\"n1\",\"n2\",\"n3\"]", Value(posture.Server, "properties.list"));
        Assert.Contains("/Microsoft.ManagedIdentity/userAssignedIdentities/id", Value(posture.Server, "identity.userAssignedIdentities")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_inside_loops_are_bounded()
    {
        const string Loop = "\"copy\":[{\"name\":\"list\",\"count\":800,\"input\":{";
        Posture posture = Of(Loop + Loop + Loop + "}}]}}]}}]");
        Assert.True(posture.Server.Body.GetRawText().Length < 10_000_000);
        Assert.Contains(UnknownValue.Key, posture.Server.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_cut_out_of_a_template_is_read_like_one()
    {
        Assert.Equal("Enabled", Value(One(Server("\"version\":\"16\"")).Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void Real_templates_become_postures()
    {
        if (RepositoryFiles.SharedData is not string shared) return;
        Posture quickstart = Assert.Single(
            PostureReader.Read(Path.Combine(shared, "templates", "flexible-postgresql-with-aad.azuredeploy.json")), result => result.Posture is not null).Posture!;
        Assert.Equal("14", Value(quickstart.Server, "properties.version"));
        Assert.Equal("Enabled", Value(quickstart.Server, "properties.authConfig.passwordAuth"));
        Assert.Equal("Enabled", Value(quickstart.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("ServicePrincipal", Value(Assert.Single(quickstart.FacetOf(FacetTypes.Administrators).Resources), "properties.principalType"));
        Assert.Equal("on", Parameter(quickstart, "require_secure_transport"));

        Posture module = Assert.Single(
            PostureReader.Read(Path.Combine(shared, "templates", "avm-flexible-server-2025-06-01-preview.main.json")), result => result.Posture is not null).Posture!;
        Assert.Null(module.Server.Gap);
        Assert.Equal("18", Value(module.Server, "properties.version"));
        Assert.Equal("Disabled", Value(module.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Disabled", Value(module.Server, "properties.authConfig.passwordAuth"));
        Assert.Equal("ZoneRedundant", Value(module.Server, "properties.highAvailability.mode"));
        Assert.Equal("Enabled", Value(module.Server, "properties.backup.geoRedundantBackup"));
        Assert.Equal("SystemManaged", Value(module.Server, "properties.dataEncryption.type"));
        Assert.True(module.FacetOf(FacetTypes.Configurations).IsComplete);
        Assert.True(module.FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.Equal("Enabled", Value(Assert.Single(module.FacetOf(FacetTypes.ThreatProtection).Resources), "properties.state"));
        Assert.Empty(module.FacetOf(FacetTypes.Locks).Resources);
    }
}
