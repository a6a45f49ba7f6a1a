using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>Definitions as organisations and landing zones publish them: every file's form, and rules about several services.</summary>
public sealed class CommunityPolicyTests
{
    private const string Open = """{ "sku": { "name": "Standard_B1ms", "tier": "Burstable" }, "location": "West US", "properties": { "version": "14", "state": "Ready", "network": { "publicNetworkAccess": "Enabled" }, "privateEndpointConnections": [], "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled" }, "backup": { "backupRetentionDays": 7 }, "dataEncryption": { "type": "SystemManaged" }, "highAvailability": { "mode": "Disabled" } } }""";
    private const string Closed = """{ "sku": { "name": "Standard_D2ds_v5", "tier": "GeneralPurpose" }, "location": "UK South", "tags": { "env": "prod" }, "identity": { "type": "UserAssigned" }, "properties": { "version": "16", "state": "Ready", "network": { "publicNetworkAccess": "Disabled" }, "privateEndpointConnections": [ { "id": "/x", "properties": { "privateLinkServiceConnectionState": { "status": "Approved" } } } ], "authConfig": { "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled" }, "backup": { "backupRetentionDays": 35 }, "dataEncryption": { "type": "AzureKeyVault", "primaryKeyURI": "https://v.vault.azure.net/keys/k/1" }, "highAvailability": { "mode": "ZoneRedundant" } } }""";
    private const string Unseen = """{ "properties": { "version": { "$unknown": "u" }, "network": { "$unknown": "u" }, "privateEndpointConnections": { "$unknown": "u" }, "authConfig": { "$unknown": "u" }, "backup": { "$unknown": "u" }, "dataEncryption": { "$unknown": "u" }, "highAvailability": { "$unknown": "u" }, "state": "Ready" } }""";

    private const string PublicRule = """{ "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "equals": "Enabled" } ] }, "then": { "effect": EFFECT } }""";

    [Theory]
    [InlineData("several services", """{ "anyOf": [ { "allOf": [ { "field": "type", "equals": "Microsoft.Storage/storageAccounts" }, { "field": "Microsoft.Storage/storageAccounts/publicNetworkAccess", "notEquals": "Disabled" } ] }, { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "field": "Microsoft.DBForPostgreSql/flexibleServers/network.publicNetworkAccess", "notEquals": "Disabled" } ] } ] }""")]
    [InlineData("several types in one list", """{ "allOf": [ { "field": "type", "in": [ "Microsoft.Sql/servers", "Microsoft.DBforPostgreSQL/flexibleServers" ] }, { "anyOf": [ { "field": "Microsoft.Sql/servers/minimalTlsVersion", "less": "1.2" }, { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "equals": "Enabled" } ] } ] }""")]
    [InlineData("count of approved connections", """{ "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "count": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections[*]", "where": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections[*].privateLinkServiceConnectionState.status", "equals": "Approved" } }, "less": 1 } ] }""")]
    [InlineData("version as a number", """{ "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "value": "[int(coalesce(field('Microsoft.DBforPostgreSQL/flexibleServers/version'), '0'))]", "less": 15 } ] }""")]
    [InlineData("Entra only", """{ "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "anyOf": [ { "field": "Microsoft.DBforPostgreSQL/flexibleServers/authConfig.activeDirectoryAuth", "notEquals": "Enabled" }, { "not": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/authConfig.passwordAuth", "equals": "Disabled" } } ] } ] }""")]
    [InlineData("customer key", """{ "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "field": "Microsoft.DBforPostgreSQL/flexibleServers/dataEncryption.type", "notEquals": "AzureKeyVault" }, { "field": "Microsoft.DBforPostgreSQL/flexibleServers/dataEncryption.primaryKeyURI", "exists": false } ] }""")]
    [InlineData("one of several modes", """{ "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "value": "[contains(createArray('ZoneRedundant', 'SameZone'), field('Microsoft.DBforPostgreSQL/flexibleServers/highAvailability.mode'))]", "equals": "false" } ] }""")]
    [InlineData("retention", """{ "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "field": "Microsoft.DBforPostgreSQL/flexibleServers/backup.backupRetentionDays", "less": 14 } ] }""")]
    public void A_rule_finds_the_open_server_and_no_other(string name, string condition)
    {
        CompiledPolicy policy = PolicyDefinition.Load(PostureSketch.Json($"{{ \"if\": {condition}, \"then\": {{ \"effect\": \"audit\" }} }}"), name).Compile();
        Assert.Equal(PolicyOutcome.NonCompliant, policy.Evaluate(new PostureSketch(Open).Build()));
        Assert.Equal(PolicyOutcome.Compliant, policy.Evaluate(new PostureSketch(Closed).Build()));
        Assert.Equal(PolicyOutcome.Unknown, policy.Evaluate(new PostureSketch(Unseen).Build()));
    }

    [Fact]
    public void An_alias_of_a_type_that_the_rule_does_not_name_is_still_refused()
    {
        const string Misspelt = """{ "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "field": "Microsoft.DBforPostgreSQL/flexibleServer/network.publicNetworkAccess", "equals": "Enabled" } ] }, "then": { "effect": "audit" } }""";
        Assert.Contains("which a posture does not hold", Assert.Throws<PolicyLoadException>(() => PolicyDefinition.Load(PostureSketch.Json(Misspelt), "f")).Problem);
    }

    [Theory]
    [InlineData("a landing zone's file", """{ "name": "a", "type": "Microsoft.Authorization/policyDefinitions", "apiVersion": "2021-06-01", "scope": null, "properties": { "displayName": "a", "mode": "Indexed", "parameters": { "effect": { "type": "String", "defaultValue": "Audit" } }, "policyRule": ESCAPED } }""", 1)]
    [InlineData("a landing zone's file without its version", """{ "name": "a", "properties": { "displayName": "a", "mode": "Indexed", "parameters": { "effect": { "type": "String", "defaultValue": "Audit" } }, "policyRule": ESCAPED } }""", 1)]
    [InlineData("a deployment template", """{ "$schema": "https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [ { "type": "Microsoft.Authorization/policyDefinitions", "apiVersion": "2021-06-01", "name": "a", "properties": { "displayName": "a", "parameters": { "effect": { "type": "String", "defaultValue": "Audit" } }, "policyRule": ESCAPED } }, { "type": "Microsoft.Authorization/policyAssignments", "apiVersion": "2021-06-01", "name": "b", "properties": {} } ] }""", 1)]
    [InlineData("a template with a nested deployment", """{ "contentVersion": "1.0.0.0", "languageVersion": "2.0", "resources": { "d": { "type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "d", "properties": { "mode": "Incremental", "template": { "resources": [ { "type": "Microsoft.Authorization/policyDefinitions", "apiVersion": "2021-06-01", "name": "a", "properties": { "displayName": "a", "parameters": { "effect": { "type": "String", "defaultValue": "Audit" } }, "policyRule": ESCAPED } } ] } } } } }""", 1)]
    [InlineData("policy as code", """{ "$schema": "https://example.org/policy-definition-schema.json", "name": "a", "properties": { "displayName": "a", "mode": "All", "parameters": { "effect": { "type": "String", "defaultValue": "Audit" } }, "policyRule": PLAIN } }""", 1)]
    [InlineData("an array", """[ { "name": "a", "properties": { "policyRule": LITERAL } }, { "name": "b", "properties": { "policyRule": LITERAL } } ]""", 2)]
    [InlineData("a list", """{ "value": [ { "name": "a", "properties": { "policyRule": LITERAL } } ] }""", 1)]
    [InlineData("a rule alone", "LITERAL", 1)]
    public void Every_file_s_form_is_read(string form, string file, int definitions)
    {
        string text = file
            .Replace("ESCAPED", PublicRule.Replace("EFFECT", "\"[[parameters('effect')]\"", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("PLAIN", PublicRule.Replace("EFFECT", "\"[parameters('effect')]\"", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("LITERAL", PublicRule.Replace("EFFECT", "\"Audit\"", StringComparison.Ordinal), StringComparison.Ordinal);
        (IReadOnlyList<ControlDefinition> controls, List<ControlError> errors) = Read(text);
        Assert.True(errors.Count == 0, $"{form}: {string.Join("; ", errors)}");
        Assert.Equal(definitions, controls.Count);
        foreach (CompiledPolicy policy in controls.Select(control => control.Policy.Compile()))
        {
            Assert.Equal(PolicyOutcome.NonCompliant, policy.Evaluate(new PostureSketch(Open).Build()));
            Assert.Equal(PolicyOutcome.Compliant, policy.Evaluate(new PostureSketch(Closed).Build()));
        }
    }

    [Fact]
    public void A_rule_and_its_parameters_in_two_files_are_one_definition()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "deny-open-servers");
        Directory.CreateDirectory(folder);
        try
        {
            string rules = Path.Combine(folder, "azurepolicy.rules.json");
            string parameters = Path.Combine(folder, "azurepolicy.parameters.json");
            File.WriteAllText(rules, PublicRule.Replace("EFFECT", "\"[parameters('effect')]\"", StringComparison.Ordinal));
            File.WriteAllText(parameters, """{ "effect": { "type": "String", "defaultValue": "Deny" } }""");
            List<ControlError> errors = new();
            ControlDefinition control = Assert.Single(PlainControl.Read(rules, errors));
            Assert.Empty(PlainControl.Read(parameters, errors));
            Assert.Empty(errors);
            Assert.Equal("deny-open-servers", control.Id);
            Assert.Equal(PolicyOutcome.NonCompliant, control.Policy.Compile().Evaluate(new PostureSketch(Open).Build()));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("""{ "contentVersion": "1.0.0.0", "parameters": { "days": { "type": "int" } }, "resources": [ { "type": "Microsoft.Authorization/policyAssignments", "apiVersion": "2021-06-01", "name": "a", "properties": {} } ] }""")]
    [InlineData("""{ "contentVersion": "1.0.0.0", "resources": [ { "type": "Microsoft.Authorization/policyDefinitions", "apiVersion": "2021-06-01", "name": "[variables('d')[copyIndex()].name]", "properties": { "mode": "[variables('d')[copyIndex()].mode]", "policyRule": "[variables('d')[copyIndex()].rule]" } } ] }""")]
    public void A_template_without_a_rule_that_can_be_read_says_so(string template)
    {
        (IReadOnlyList<ControlDefinition> controls, List<ControlError> errors) = Read(template);
        Assert.Empty(controls);
        Assert.Contains("there is no 'policyRule'", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_initiative_says_what_to_give_instead()
    {
        (IReadOnlyList<ControlDefinition> controls, List<ControlError> errors) = Read("""{ "name": "s", "properties": { "displayName": "s", "policyDefinitions": [ { "policyDefinitionId": "/x" } ] } }""");
        Assert.Empty(controls);
        Assert.Contains("give the definitions that it names", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    private static (IReadOnlyList<ControlDefinition> Controls, List<ControlError> Errors) Read(string text)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        File.WriteAllText(file, text);
        try
        {
            List<ControlError> errors = new();
            return (PlainControl.Read(file, errors), errors);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
