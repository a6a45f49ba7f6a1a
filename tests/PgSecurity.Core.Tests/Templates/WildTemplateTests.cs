using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using Xunit;
using static PgSecurity.Core.Tests.Templates.TemplateFixture;

namespace PgSecurity.Core.Tests.Templates;

/// <summary>Templates as different authors and the Bicep compiler write them: right servers, right values, unknown where nobody can tell.</summary>
public sealed class WildTemplateTests
{
    private const string Type = "Microsoft.DBforPostgreSQL/flexibleServers";

    [Fact]
    public void A_module_with_user_defined_types_and_nullable_parameters()
    {
        const string Template = """
            {"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","languageVersion":"2.0","contentVersion":"1.0.0.0",
             "metadata":{"_generator":{"name":"bicep","version":"0.36.1.42791","templateHash":"1"} },
             "definitions":{"ruleType":{"type":"object","properties":{"name":{"type":"string"},"start":{"type":"string"},"end":{"type":"string","nullable":true} } } },
             "parameters":{"name":{"type":"string","defaultValue":"pg-a"},"rules":{"type":"array","items":{"$ref":"#/definitions/ruleType"},"nullable":true},
               "retention":{"type":"int","nullable":true},"auth":{"type":"object","defaultValue":{"activeDirectoryAuth":"Enabled","passwordAuth":"Disabled"} },
               "customer":{"type":"object","nullable":true} },
             "resources":{
               "key":{"condition":"[not(empty(tryGet(parameters('customer'), 'keyName')))]","existing":true,"type":"Microsoft.KeyVault/vaults/keys","apiVersion":"2024-11-01","name":"[format('{0}/{1}', 'kv', tryGet(parameters('customer'), 'keyName'))]"},
               "server":{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"[parameters('name')]","location":"uksouth",
                 "sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},
                 "properties":{"version":"16","authConfig":"[parameters('auth')]",
                   "backup":{"backupRetentionDays":"[coalesce(parameters('retention'), 21)]","geoRedundantBackup":"Disabled"},
                   "dataEncryption":"[if(not(empty(parameters('customer'))), createObject('type', 'AzureKeyVault', 'primaryKeyURI', reference('key').keyUriWithVersion), null())]",
                   "network":"[shallowMerge(createArray(createObject('publicNetworkAccess', 'Disabled'), if(empty(parameters('rules')), createObject(), createObject('publicNetworkAccess', 'Enabled'))))]"} },
               "server_rules":{"copy":{"name":"server_rules","count":"[length(coalesce(parameters('rules'), createArray()))]"},"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"2025-08-01",
                 "name":"[format('{0}/{1}', parameters('name'), coalesce(parameters('rules'), createArray())[copyIndex()].name)]",
                 "properties":{"startIpAddress":"[coalesce(parameters('rules'), createArray())[copyIndex()].start]","endIpAddress":"[coalesce(tryGet(coalesce(parameters('rules'), createArray())[copyIndex()], 'end'), coalesce(parameters('rules'), createArray())[copyIndex()].start)]"},"dependsOn":["server"]} },
             "outputs":{"fqdn":{"type":"string","value":"[reference('server').fullyQualifiedDomainName]"} } }
            """;
        Posture bare = One(Template);
        Assert.Equal("21", Value(bare.Server, "properties.backup.backupRetentionDays"));
        Assert.Equal("Disabled", Value(bare.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Disabled", Value(bare.Server, "properties.authConfig.passwordAuth"));
        Assert.Equal("SystemManaged", Value(bare.Server, "properties.dataEncryption.type"));
        Assert.True(bare.FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.Empty(bare.FacetOf(FacetTypes.FirewallRules).Resources);

        Posture full = One(Template, """{"rules":{"value":[{"name":"a","start":"192.0.2.1"},{"name":"b","start":"192.0.2.2","end":"192.0.2.9"}]},"customer":{"value":{"keyName":"k"} },"retention":{"value":35} }""");
        Assert.Equal("35", Value(full.Server, "properties.backup.backupRetentionDays"));
        Assert.Equal("Enabled", Value(full.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("AzureKeyVault", Value(full.Server, "properties.dataEncryption.type"));
        Assert.Equal("?", Value(full.Server, "properties.dataEncryption.primaryKeyURI"));
        Assert.Equal("192.0.2.1", Value(full.FacetOf(FacetTypes.FirewallRules).Find("a"), "properties.endIpAddress"));
        Assert.Equal("192.0.2.9", Value(full.FacetOf(FacetTypes.FirewallRules).Find("b"), "properties.endIpAddress"));
    }

    [Fact]
    public void A_subscription_template_makes_a_server_in_each_group_of_a_loop()
    {
        const string Template = """
            {"$schema":"https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#","contentVersion":"1.0.0.0",
             "parameters":{"environments":{"type":"array","defaultValue":[{"name":"dev","open":true},{"name":"prod","open":false}]} },
             "resources":[
              {"type":"Microsoft.Resources/resourceGroups","apiVersion":"2024-03-01","copy":{"name":"groups","count":"[length(parameters('environments'))]"},"name":"[concat('rg-', parameters('environments')[copyIndex()].name)]","location":"uksouth"},
              {"type":"Microsoft.Resources/deployments","apiVersion":"2024-03-01","copy":{"name":"servers","count":"[length(parameters('environments'))]"},"name":"[concat('pg-', parameters('environments')[copyIndex()].name)]",
               "resourceGroup":"[concat('rg-', parameters('environments')[copyIndex()].name)]","dependsOn":["groups"],
               "properties":{"mode":"Incremental","expressionEvaluationOptions":{"scope":"inner"},"parameters":{"name":{"value":"[format('pg-{0}', parameters('environments')[copyIndex()].name)]"},"open":{"value":"[parameters('environments')[copyIndex()].open]"} },
                "template":{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","parameters":{"name":{"type":"string"},"open":{"type":"bool"} },
                 "resources":[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2024-08-01","name":"[parameters('name')]","location":"[resourceGroup().location]","properties":{"version":"17","network":{"publicNetworkAccess":"[if(parameters('open'), 'Enabled', 'Disabled')]"} } }]} } }]}
            """;
        List<Posture> servers = Read(Template).OrderBy(posture => posture.Server.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(new[] { "pg-dev", "pg-prod" }, servers.Select(posture => posture.Server.Name));
        Assert.Equal("Enabled", Value(servers[0].Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Disabled", Value(servers[1].Server, "properties.network.publicNetworkAccess"));
        Assert.Contains("/resourceGroups/rg-prod/", servers[1].Server.Id, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Loops_in_variables_and_properties_and_lambdas_make_the_settings()
    {
        string template = TemplateFixture.Template(
            """
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"shop","location":"uksouth","tags":"[union(parameters('tags'), createObject('owner', 'dba'))]","properties":{"version":"16"} },
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers/configurations","apiVersion":"2025-08-01","copy":{"name":"settings","count":"[length(variables('settings'))]","mode":"serial","batchSize":1},
              "name":"[concat('shop/', variables('settings')[copyIndex()].name)]","properties":{"value":"[string(variables('settings')[copyIndex()].value)]","source":"user-override"},"dependsOn":["[resourceId('Microsoft.DBforPostgreSQL/flexibleServers', 'shop')]"]},
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"2025-08-01","copy":{"name":"open","count":"[length(variables('offices'))]"},"name":"[concat('shop/', variables('offices')[copyIndex()].name)]",
              "properties":{"startIpAddress":"[variables('offices')[copyIndex()].from]","endIpAddress":"[last(split(variables('offices')[copyIndex()].range, '-'))]"} }]
            """,
            """{"tags":{"type":"object","defaultValue":{"app":"shop"} },"extra":{"type":"object","defaultValue":{"log_connections":"on","pgaudit.log":"write,ddl"} },"ranges":{"type":"array","defaultValue":["192.0.2.1-192.0.2.4","","198.51.100.7-198.51.100.7"]} }""",
            """
            {"settings":"[concat(map(items(parameters('extra')), lambda('e', createObject('name', lambdaVariables('e').key, 'value', lambdaVariables('e').value))), createArray(createObject('name', 'log_disconnections', 'value', 'on')))]",
             "filled":"[filter(parameters('ranges'), lambda('r', not(empty(lambdaVariables('r')))))]",
             "copy":[{"name":"offices","count":"[length(variables('filled'))]","input":{"name":"[format('office-{0}', copyIndex('offices', 1))]","range":"[variables('filled')[copyIndex('offices')]]","from":"[first(split(variables('filled')[copyIndex('offices')], '-'))]"} }]}
            """);
        Posture posture = One(template);
        Assert.Equal("on", Parameter(posture, "log_connections"));
        Assert.Equal("on", Parameter(posture, "log_disconnections"));
        Assert.Equal("write,ddl", Parameter(posture, "pgaudit.log"));
        Assert.Equal("dba", Value(posture.Server, "tags.owner"));
        Assert.Equal(new[] { "office-1", "office-2" }, Names(posture, FacetTypes.FirewallRules));
        Assert.Equal("192.0.2.4", Value(posture.FacetOf(FacetTypes.FirewallRules).Find("office-1"), "properties.endIpAddress"));
        Assert.Equal("198.51.100.7", Value(posture.FacetOf(FacetTypes.FirewallRules).Find("office-2"), "properties.startIpAddress"));
    }

    [Fact]
    public void Text_that_is_parsed_as_JSON_gives_the_network()
    {
        string template = TemplateFixture.Template(
            """
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"[variables('api')]","name":"[parameters('serverName')]","location":"[parameters('location')]","sku":{"name":"Standard_D4s_v3","tier":"[parameters('serverEdition')]"},
              "properties":{"version":"[parameters('version')]","administratorLogin":"[parameters('administratorLogin')]","administratorLoginPassword":"[parameters('administratorLoginPassword')]",
               "network":"[if(empty(variables('vnet').subnet), json('null'), json(concat('{\"delegatedSubnetResourceId\":\"', variables('vnet').id, '/subnets/', variables('vnet').subnet, '\"}')))]",
               "highAvailability":{"mode":"[parameters('haEnabled')]"},"backup":{"backupRetentionDays":"[parameters('backupRetentionDays')]","geoRedundantBackup":"Disabled"},"availabilityZone":"[parameters('zone')]"} }]
            """,
            """
            {"serverName":{"type":"string","defaultValue":"pg"},"location":{"type":"string","defaultValue":"[resourceGroup().location]"},"serverEdition":{"type":"string","defaultValue":"GeneralPurpose","allowedValues":["Burstable","GeneralPurpose"]},
             "version":{"type":"string","defaultValue":"15"},"administratorLogin":{"type":"string"},"administratorLoginPassword":{"type":"securestring"},"haEnabled":{"type":"string","defaultValue":"Disabled"},
             "backupRetentionDays":{"type":"int"},"zone":{"type":"string","defaultValue":""},"vnetData":{"type":"object","defaultValue":{} } }
            """,
            """{"api":"2023-06-01-preview","vnet":"[if(empty(parameters('vnetData')), json('{ \"id\": \"\", \"subnet\": \"\" }'), parameters('vnetData'))]"}""");
        Posture open = One(template);
        Assert.Equal("Enabled", Value(open.Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("?", Value(open.Server, "properties.backup.backupRetentionDays"));
        Assert.Equal("?", Value(open.Server, "location"));
        Assert.Equal("15", Value(open.Server, "properties.version"));

        Posture closed = One(template, """{"vnetData":{"value":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v","subnet":"pg"} },"backupRetentionDays":{"value":14} }""");
        Assert.Equal("Disabled", Value(closed.Server, "properties.network.publicNetworkAccess"));
        Assert.EndsWith("/virtualNetworks/v/subnets/pg", Value(closed.Server, "properties.network.delegatedSubnetResourceId"), StringComparison.Ordinal);
        Assert.Equal("14", Value(closed.Server, "properties.backup.backupRetentionDays"));
    }

    [Theory]
    [InlineData("""{"password":{"reference":{"keyVault":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"},"secretName":"p"} },"access":{"value":"Disabled"} }""", "Disabled")]
    [InlineData("""{"password":{"reference":{"keyVault":{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"},"secretName":"p"} },"access":{"reference":{"keyVault":{"id":"x"},"secretName":"a"} } }""", "?")]
    [InlineData("{}", "?")]
    public void A_parameter_from_a_key_vault_or_without_a_value_is_unknown(string parameters, string access)
    {
        string template = TemplateFixture.Template(
            """[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16","administratorLoginPassword":"[parameters('password')]","network":{"publicNetworkAccess":"[parameters('access')]"} } }]""",
            """{"password":{"type":"securestring"},"access":{"type":"string"} }""");
        Assert.Equal(access, Value(One(template, parameters).Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void A_condition_that_depends_on_what_Azure_knows_opens_what_it_makes()
    {
        string template = TemplateFixture.Template("""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16"} },
             {"condition":"[contains(reference(resourceId('Microsoft.Web/sites', 'app'), '2023-01-01').outboundIpAddresses, '20.')]","type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"2025-08-01","name":"pg/app","properties":{"startIpAddress":"203.0.113.4","endIpAddress":"203.0.113.4"} },
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"2025-08-01","copy":{"name":"out","count":"[length(split(reference(resourceId('Microsoft.Web/sites', 'app'), '2023-01-01').outboundIpAddresses, ','))]"},"name":"[format('pg/out-{0}', copyIndex())]",
              "properties":{"startIpAddress":"[split(reference(resourceId('Microsoft.Web/sites', 'app'), '2023-01-01').outboundIpAddresses, ',')[copyIndex()]]","endIpAddress":"[split(reference(resourceId('Microsoft.Web/sites', 'app'), '2023-01-01').outboundIpAddresses, ',')[copyIndex()]]"} }]
            """);
        Posture posture = One(template);
        Assert.False(posture.FacetOf(FacetTypes.FirewallRules).IsComplete);
    }

    [Fact]
    public void Only_what_is_declared_is_a_server_and_existing_ones_say_nothing_of_themselves()
    {
        string template = TemplateFixture.Template(
            """
            {"other":{"existing":true,"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","subscriptionId":"11111111-1111-1111-1111-111111111111","resourceGroup":"rg-other","name":"legacy"},
             "replica":{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"copy","location":"ukwest","properties":{"createMode":"Replica","sourceServerResourceId":"[extensionResourceId('/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-other', 'Microsoft.DBforPostgreSQL/flexibleServers', 'legacy')]"} },
             "old":{"type":"Microsoft.DBforPostgreSQL/servers","apiVersion":"2017-12-01","name":"single","properties":{"version":"11"} } }
            """,
            more: "\"languageVersion\":\"2.0\",");
        List<Posture> servers = Read(template);
        Posture replica = servers.Single(posture => posture.Server.Name == "copy");
        Assert.NotEqual("Enabled", Value(replica.Server, "properties.network.publicNetworkAccess"));
        Assert.NotEqual("Disabled", Value(replica.Server, "properties.network.publicNetworkAccess"));
        Posture? existing = servers.SingleOrDefault(posture => posture.Server.Name == "legacy");
        Assert.True(existing is null || existing.Server.Gap is not null);
    }

    [Fact]
    public void Comments_and_texts_over_several_lines_are_allowed()
    {
        const string Template = """
            {
              // made by hand
              "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
              "contentVersion": "1.0.0.0", /* first */
              "resources": [
                {
                  "type": "Microsoft.DBforPostgreSQL/flexibleServers", "apiVersion": "2025-08-01", "name": "pg", // the only one
                  "properties": { "version": "16", "network": { "publicNetworkAccess": "[if(
                      equals('a', 'b'),
                      'Enabled',
                      'Disabled')]" } }
                }
              ]
            }
            """;
        Assert.Equal("Disabled", Value(One(Template).Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void A_template_that_was_cut_off_does_not_take_the_next_one_with_it()
    {
        string whole = TemplateFixture.Template("""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16"} }]""");
        List<PostureReadResult> results = PostureReader.ReadText(whole.Substring(0, whole.Length - 40) + "\n" + whole, "main.json").ToList();
        Assert.Single(results, result => result.Error is not null);
        Assert.Single(results, result => result.Posture is not null);
    }

    [Fact]
    public void A_broken_text_in_a_template_is_an_error_whatever_else_is_in_it()
    {
        string broken = TemplateFixture.Template("""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"\ud800","comments":"two LINES","properties":{"version":"16"} }]""").Replace("LINES", "\nlines", StringComparison.Ordinal);
        Assert.Contains(PostureReader.ReadText(broken, "main.json"), result => result.Error is not null);
    }

    [Theory]
    [InlineData("mainTemplate", false)]
    [InlineData("mainTemplate", true)]
    [InlineData("template", true)]
    public void A_template_in_a_spec_a_stack_or_a_blueprint_is_read(string name, bool inProperties)
    {
        string holder = $"{{\"{name}\":{TemplateFixture.Template("""[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16"} }]""")} }}";
        string document = inProperties ? $"{{\"id\":\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/templateSpecs/t/versions/1\",\"properties\":{holder} }}" : holder;
        Assert.Equal("Enabled", Value(One(document).Server, "properties.network.publicNetworkAccess"));
    }

    [Theory]
    [InlineData("""{"status":"Succeeded","error":null,"changes":[CREATE,MODIFY,DELETE,IGNORE]}""")]
    [InlineData("""{"status":"Succeeded","properties":{"correlationId":"c","changes":[CREATE,MODIFY,DELETE,IGNORE]} }""")]
    public void A_preview_of_a_deployment_shows_what_it_sets_and_leaves_the_rest_open(string preview)
    {
        const string Id = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/";
        static string Body(string name, string network) => $"{{\"apiVersion\":\"2025-08-01\",\"id\":\"{Id}{name}\",\"type\":\"Microsoft.DBforPostgreSQL/flexibleServers\",\"name\":\"{name}\",\"properties\":{{\"version\":\"16\",\"network\":{network} }} }}";
        string document = preview
            .Replace("CREATE", $"{{\"resourceId\":\"{Id}new\",\"changeType\":\"Create\",\"before\":null,\"after\":{Body("new", "{\"publicNetworkAccess\":\"[reference('x').access]\"}")} }}", StringComparison.Ordinal)
            .Replace("MODIFY", $"{{\"resourceId\":\"{Id}old\",\"changeType\":\"Modify\",\"before\":{Body("old", "{\"publicNetworkAccess\":\"Disabled\"},\"backup\":{\"backupRetentionDays\":35}")},\"after\":{Body("old", "{\"publicNetworkAccess\":\"Enabled\"}")} }}", StringComparison.Ordinal)
            .Replace("DELETE", $"{{\"resourceId\":\"{Id}gone\",\"changeType\":\"Delete\",\"before\":{Body("gone", "{}")},\"after\":null}}", StringComparison.Ordinal)
            .Replace("IGNORE", $"{{\"resourceId\":\"{Id}other\",\"changeType\":\"Ignore\",\"before\":{Body("other", "{\"publicNetworkAccess\":\"Disabled\"}")},\"after\":null}}", StringComparison.Ordinal);
        Dictionary<string, Posture> servers = Read(document).ToDictionary(posture => posture.Server.Name);
        Assert.Equal(new[] { "new", "old", "other" }, servers.Keys.OrderBy(name => name, StringComparer.Ordinal));
        Assert.Equal("?", Value(servers["new"].Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Enabled", Value(servers["old"].Server, "properties.network.publicNetworkAccess"));
        Assert.Equal("Disabled", Value(servers["other"].Server, "properties.network.publicNetworkAccess"));
        Assert.NotNull(servers["new"].Server.Gap);
        Assert.Null(servers["old"].Server.Gap);
        Assert.Equal("?", Value(servers["old"].Server, "properties.backup"));
        Assert.Null(Value(servers["old"].Server, "properties.network.delegatedSubnetResourceId"));
        Assert.All(servers.Values, posture => Assert.False(posture.FacetOf(FacetTypes.FirewallRules).IsComplete));
    }

    [Fact]
    public void A_stack_of_modules_hands_values_down_and_takes_none_up()
    {
        const string Template = """
            {"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","languageVersion":"2.0","contentVersion":"1.0.0.0","parameters":{"prefix":{"type":"string","defaultValue":"shop"} },
             "resources":{
              "network":{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"network","properties":{"mode":"Incremental","template":{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[],"outputs":{"subnet":{"type":"string","value":"[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'pg')]"} } } } },
              "data":{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"data","dependsOn":["network"],"properties":{"mode":"Incremental","expressionEvaluationOptions":{"scope":"inner"},
               "parameters":{"name":{"value":"[format('{0}-pg', parameters('prefix'))]"},"subnet":{"value":"[reference('network').outputs.subnet.value]"} },
               "template":{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","languageVersion":"2.0","contentVersion":"1.0.0.0","parameters":{"name":{"type":"string"},"subnet":{"type":"string"},"zone":{"type":"string","nullable":true} },
                "resources":{"inner":{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"[format('{0}-inner', deployment().name)]","properties":{"mode":"Incremental","expressionEvaluationOptions":{"scope":"inner"},"parameters":{"name":{"value":"[parameters('name')]"},"subnet":{"value":"[parameters('subnet')]"} },
                  "template":{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","parameters":{"name":{"type":"string"},"subnet":{"type":"string"} },
                   "resources":[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"[parameters('name')]","properties":{"version":"16","network":{"delegatedSubnetResourceId":"[parameters('subnet')]"} } }]} } } } } } } } }
            """;
        Posture posture = One(Template);
        Assert.Equal("shop-pg", posture.Server.Name);

        // The subnet itself is an output that only Azure computes; whatever it is, a server with one has no public access.
        Assert.NotEqual("Enabled", Value(posture.Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void A_linked_template_is_not_an_empty_one()
    {
        string template = TemplateFixture.Template("""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16"} },
             {"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"linked","properties":{"mode":"Incremental","templateLink":{"uri":"[uri(deployment().properties.templateLink.uri, 'rules.json')]","contentVersion":"1.0.0.0"},"parameters":{"server":{"value":"pg"} } } }]
            """);
        Posture posture = One(template);
        Assert.False(posture.FacetOf(FacetTypes.FirewallRules).IsComplete);
        Assert.False(posture.FacetOf(FacetTypes.Administrators).IsComplete);
        Assert.Equal("?", Parameter(posture, "log_connections"));
    }

    [Theory]
    [InlineData("[coalesce(tryGet(parameters('o'), 'network', 'access'), 'Enabled')]", "Disabled")]
    [InlineData("[parameters('o').network.access]", "Disabled")]
    [InlineData("[coalesce(tryGet(tryGet(parameters('o'), 'none'), 'access'), 'Enabled')]", "Enabled")]
    [InlineData("[if(contains(parameters('o'), 'network'), parameters('o').network.access, 'Enabled')]", "Disabled")]
    [InlineData("[toObject(parameters('l'), lambda('x', lambdaVariables('x').k), lambda('x', lambdaVariables('x').v)).access]", "Disabled")]
    [InlineData("[reduce(parameters('l'), 'Enabled', lambda('a', 'b', if(equals(lambdaVariables('b').k, 'access'), lambdaVariables('b').v, lambdaVariables('a'))))]", "Disabled")]
    [InlineData("[first(filter(parameters('l'), lambda('x', equals(lambdaVariables('x').k, 'access')))).v]", "Disabled")]
    [InlineData("[if(or(equals(toLower(parameters('e')), 'prod'), startsWith(parameters('e'), 'p')), 'Disabled', 'Enabled')]", "Disabled")]
    [InlineData("[parameters('map')[parameters('e')]]", "Disabled")]
    [InlineData("[if(bool('true'), 'Disabled', 'Enabled')]", "Disabled")]
    [InlineData("[last(createArray('Enabled', 'Disabled'))]", "Disabled")]
    [InlineData("[split('Enabled|Disabled', '|')[1]]", "Disabled")]
    [InlineData("[join(createArray('Dis', 'abled'), '')]", "Disabled")]
    [InlineData("[base64ToString('RGlzYWJsZWQ=')]", "Disabled")]
    [InlineData("[if(greaterOrEquals(length(parameters('l')), 2), 'Disabled', 'Enabled')]", "Disabled")]
    [InlineData("[if(and(true(), not(false())), 'Disabled', 'Enabled')]", "Disabled")]
    [InlineData("[environment().name]", "?")]
    [InlineData("[deployer().objectId]", "?")]
    [InlineData("[listKeys(resourceId('Microsoft.Storage/storageAccounts', 's'), '2023-01-01').keys[0].value]", "?")]
    [InlineData("[parameters('o').network.missing]", "?")]
    [InlineData("[if(equals(resourceGroup().location, 'uksouth'), 'Disabled', 'Enabled')]", "?")]
    [InlineData("[someNewFunction('Disabled')]", "?")]
    public void Expressions_give_a_value_or_unknown(string expression, string expected)
    {
        string template = TemplateFixture.Template(
            """[{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16","network":{"publicNetworkAccess":"EXPRESSION"} } }]""".Replace("EXPRESSION", expression, StringComparison.Ordinal),
            """{"o":{"type":"object","defaultValue":{"network":{"access":"Disabled"} } },"l":{"type":"array","defaultValue":[{"k":"a","v":"b"},{"k":"access","v":"Disabled"}]},"e":{"type":"string","defaultValue":"prod"},"map":{"type":"object","defaultValue":{"prod":"Disabled","dev":"Enabled"} } }""");
        Assert.Equal(expected, Value(One(template).Server, "properties.network.publicNetworkAccess"));
    }

    [Fact]
    public void Extensions_of_a_server_in_old_and_new_writing_belong_to_it()
    {
        string template = TemplateFixture.Template("""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2025-08-01","name":"pg","properties":{"version":"16"},
              "resources":[{"type":"providers/locks","apiVersion":"2016-09-01","name":"Microsoft.Authorization/keep","dependsOn":["pg"],"properties":{"level":"CanNotDelete"} },
                {"type":"administrators","apiVersion":"2025-08-01","name":"8816a93c-dff7-45d0-8b64-4a2db756069b","dependsOn":["pg"],"properties":{"principalType":"Group","principalName":"dba","tenantId":"[subscription().tenantId]"} }]},
             {"type":"Microsoft.DBforPostgreSQL/flexibleServers/providers/diagnosticSettings","apiVersion":"2021-05-01-preview","name":"pg/Microsoft.Insights/all","properties":{"workspaceId":"/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w","logs":[{"categoryGroup":"allLogs","enabled":true}]} },
             {"type":"Microsoft.Authorization/roleAssignments","apiVersion":"2022-04-01","scope":"[format('Microsoft.DBforPostgreSQL/flexibleServers/{0}', 'pg')]","name":"[guid('a')]","properties":{"roleDefinitionId":"[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b24988ac-6180-42a0-ab88-20f7382dd24c')]","principalId":"8816a93c-dff7-45d0-8b64-4a2db756069b"} }]
            """);
        Posture posture = One(template);
        Assert.Equal("keep", Assert.Single(posture.FacetOf(FacetTypes.Locks).Resources).Name);
        Assert.Equal("Group", Value(Assert.Single(posture.FacetOf(FacetTypes.Administrators).Resources), "properties.principalType"));
        Assert.Single(posture.FacetOf(FacetTypes.DiagnosticSettings).Resources);
        Assert.Single(posture.FacetOf(FacetTypes.RoleAssignments).Resources);
        Assert.Equal(Type, posture.Server.Type, ignoreCase: true);
    }
}
