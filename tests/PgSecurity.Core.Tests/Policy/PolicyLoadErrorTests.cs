using System.Linq;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

public class PolicyLoadErrorTests
{
    [Theory]
    [InlineData("""{ "field": "T/x", "equal": "y" }""", "/equal", "there is no operator 'equal'; valid are equals")]
    [InlineData("""{ "field": "T/x" }""", "", "no operator")]
    [InlineData("""{ "field": "T/x", "equals": "y", "notEquals": "z" }""", "", "'equals' and 'notEquals'")]
    [InlineData("""{ "field": "T/x", "value": "x", "equals": "y" }""", "", "'field' and 'value'")]
    [InlineData("""{ "equals": "y" }""", "", "no 'field', 'value' or 'count'")]
    [InlineData("""{ }""", "", "no 'field', 'value' or 'count'")]
    [InlineData("""{ "allOf": [], "field": "x" }""", "", "'field' stands beside 'allOf'")]
    [InlineData("""{ "allOf": [] }""", "/allOf", "empty")]
    [InlineData("""{ "allOf": {} }""", "/allOf", "expected an array, found an object")]
    [InlineData("""{ "not": [] }""", "/not", "expected an object, found an array")]
    [InlineData("""[]""", "", "expected an object")]
    [InlineData("""{ "field": 5, "equals": "y" }""", "/field", "expected a string, found a number")]
    [InlineData("""{ "field": "nmae", "equals": "y" }""", "/field", "there is no field 'nmae'; valid are name")]
    [InlineData("""{ "field": "Microsoft.Compute/virtualMachines/x", "equals": "y" }""", "/field", "resource type 'Microsoft.Compute/virtualMachines'")]
    [InlineData("""{ "field": "T/wrong/x", "equals": "y" }""", "/field", "which a posture does not hold")]
    [InlineData("""{ "field": "T/a[0].b", "equals": "y" }""", "/field", "not an alias")]
    [InlineData("""{ "field": "T/a..b", "equals": "y" }""", "/field", "not an alias")]
    [InlineData("""{ "field": "tags.", "equals": "y" }""", "/field", "tags")]
    [InlineData("""{ "field": "tags['x", "equals": "y" }""", "/field", "not a tag")]
    [InlineData("""{ "field": "T/x", "equals": ["a"] }""", "/equals", "an array stands where")]
    [InlineData("""{ "field": "T/x", "equals": null }""", "/equals", "null stands where")]
    [InlineData("""{ "field": "T/x", "in": "a" }""", "/in", "expected")]
    [InlineData("""{ "field": "T/x", "in": [["a"]] }""", "/in", "something else than")]
    [InlineData("""{ "field": "T/x", "like": "*a*" }""", "/like", "more than one '*'")]
    [InlineData("""{ "field": "T/x", "like": 5 }""", "/like", "expected")]
    [InlineData("""{ "field": "T/x", "exists": "yes" }""", "/exists", "true, false")]
    [InlineData("""{ "field": "T/x", "less": true }""", "/less", "a number, date")]
    [InlineData("""{ "field": "T/x", "containsKey": 1 }""", "/containsKey", "the name of a member")]
    [InlineData("""{ "value": "[foo('x')]", "equals": "y" }""", "/value", "there is no function 'foo'")]
    [InlineData("""{ "value": "[concat('x' 'y')]", "equals": "y" }""", "/value", "At position 12")]
    [InlineData("""{ "value": "[resourceId('a/b', 'c')]", "equals": "y" }""", "/value", "'resourceId' is not allowed")]
    [InlineData("""{ "value": "[reference('a')]", "equals": "y" }""", "/value", "not allowed in a policy rule")]
    [InlineData("""{ "value": "[newGuid()]", "equals": "y" }""", "/value", "not allowed")]
    [InlineData("""{ "value": "[map(createArray(1), lambda('x', 1))]", "equals": "y" }""", "/value", "not allowed")]
    [InlineData("""{ "value": "[contoso.mine('x')]", "equals": "y" }""", "/value", "not allowed")]
    [InlineData("""{ "value": "[listKeys('x', 'y')]", "equals": "y" }""", "/value", "not allowed")]
    [InlineData("""{ "value": "[parameters('p')]", "equals": "y" }""", "/value", "there is no parameter 'p'")]
    [InlineData("""{ "value": "[field('nmae')]", "equals": "y" }""", "/value", "there is no field 'nmae'")]
    [InlineData("""{ "value": "[field()]", "equals": "y" }""", "/value", "it takes 1")]
    [InlineData("""{ "value": "[current()]", "equals": "y" }""", "/value", "outside the 'where'")]
    [InlineData("""{ "field": "T/x", "equals": "[field('name'" }""", null, "")]
    [InlineData("""{ "count": { "field": "T/x" }, "equals": 1 }""", "/count/field", "ends in [*]")]
    [InlineData("""{ "count": { "field": "T/x[*]", "value": [1] }, "equals": 1 }""", "/count", "either a 'field' or a 'value'")]
    [InlineData("""{ "count": { "field": "T/x[*]", "name": "n" }, "equals": 1 }""", "/count/name", "goes with the count of a 'value'")]
    [InlineData("""{ "count": { "field": "T/x[*]", "were": {} }, "equals": 1 }""", "/count/were", "valid are field, value, name, where")]
    [InlineData("""{ "count": { "value": "x" }, "equals": 1 }""", "/count/value", "expected an array")]
    [InlineData("""{ "count": { "value": [1], "name": "a b" }, "equals": 1 }""", "/count/name", "English letters")]
    [InlineData("""{ "count": { "field": "T/x[*]", "where": { "count": { "value": [1] }, "equals": 1 } }, "equals": 1 }""", "/count/where/count", "has no 'name'")]
    [InlineData("""{ "count": { "field": "T/x[*]", "where": { "value": "[current('T/y[*]')]", "equals": 1 } }, "equals": 1 }""", "/count/where/value", "there is no count of")]
    [InlineData("""{ "field": "T/x", "Field": "T/y", "equals": "y" }""", "", "stands twice")]
    public void Condition(string condition, string? pointer, string problem)
    {
        string json = condition.Replace("T/", FacetTypes.Server + "/");
        if (pointer is null)
        {
            // A string with an opening bracket only is text.
            CompiledCondition.Compile(PostureSketch.Json(json), "file.json", "/if");
            return;
        }

        PolicyLoadException error = Assert.Throws<PolicyLoadException>(
            () => CompiledCondition.Compile(PostureSketch.Json(json), "file.json", "/if"));
        Assert.Equal("/if" + pointer, error.Pointer);
        Assert.Contains(problem, error.Problem);
        Assert.StartsWith("file.json, at /if", error.Message);
    }

    [Theory]
    [InlineData("""{ }""", "", "no 'policyRule'")]
    [InlineData("""[]""", "", "expected an object")]
    [InlineData("""{ "properties": { } }""", "/properties", "no 'policyRule'")]
    [InlineData("""{ "properties": { "policyRule": { "if": IF } } }""", "/properties/policyRule", "no 'then'")]
    [InlineData("""{ "properties": { "policyRule": { "if": IF, "then": { "effect": "audit" }, "else": {} } } }""", "/properties/policyRule/else", "valid are if, then")]
    [InlineData("""{ "if": IF, "then": { } }""", "/then", "no 'effect'")]
    [InlineData("""{ "if": IF, "then": { "effect": "audits" } }""", "/then/effect", "there is no effect 'audits'; valid are Audit")]
    [InlineData("""{ "if": IF, "then": { "effect": 1 } }""", "/then/effect", "not a string")]
    [InlineData("""{ "if": IF, "then": { "effect": "1" } }""", "/then/effect", "there is no effect")]
    [InlineData("""{ "if": IF, "then": { "effect": "auditIfNotExists" } }""", "/then", "no 'details'")]
    [InlineData("""{ "if": IF, "then": { "effect": "auditIfNotExists", "details": { } } }""", "/then/details", "no 'type'")]
    [InlineData("""{ "if": IF, "then": { "effect": "auditIfNotExists", "details": { "type": "A.B/c" } } }""", "/then/details/type", "holds no resources of type 'A.B/c'")]
    [InlineData("""{ "if": IF, "then": { "effect": "audit", "details": { "type": "T", "existenceCondition": IF } } }""", "/then/details/type", "valid are")]
    [InlineData("""{ "if": IF, "then": { "effect": "auditIfNotExists", "details": { "type": "T/configurations", "existenceCondition": { "field": "T/x", "equals": "y" } } } }""", "/then/details/existenceCondition/field", "about 'T/configurations'")]
    [InlineData("""{ "if": IF, "then": { "effect": "auditIfNotExists", "details": { "type": "T", "existenceScope": "tenant" } } }""", "/then/details/existenceScope", "Subscription, ResourceGroup")]
    [InlineData("""{ "mode": "Microsoft.KeyVault.Data", "policyRule": { "if": IF, "then": { "effect": "audit" } } }""", "/mode", "valid are All, Indexed")]
    [InlineData("""{ "parameters": { "a": { "type": "text" } }, "policyRule": { "if": IF, "then": { "effect": "audit" } } }""", "/parameters/a/type", "valid are String")]
    [InlineData("""{ "parameters": { "a": { } }, "policyRule": { "if": IF, "then": { "effect": "audit" } } }""", "/parameters/a", "no type")]
    [InlineData("""{ "parameters": { "a": { "type": "Array", "defaultValue": "x" } }, "policyRule": { "if": IF, "then": { "effect": "audit" } } }""", "/parameters/a/defaultValue", "type Array")]
    [InlineData("""{ "parameters": { "a": { "type": "String", "defaultValue": "x", "allowedValues": ["y"] } }, "policyRule": { "if": IF, "then": { "effect": "audit" } } }""", "/parameters/a/defaultValue", "valid (case matters) are y")]
    [InlineData("""{ "parameters": { "a": { "type": "String" }, "a": { "type": "String" } }, "policyRule": { "if": IF, "then": { "effect": "audit" } } }""", "/parameters", "'a' stands twice")]
    [InlineData("""{ "if": IF, "then": { "effect": "[parameters('effect')]" } }""", "/then/effect", "there is no parameter 'effect'")]
    [InlineData("""{ "if": IF, "then": { "effect": "[field('name')]" } }""", "/then/effect", "not known before the evaluation")]
    public void Definition(string definition, string pointer, string problem)
    {
        string json = definition
            .Replace("IF", """{ "field": "type", "equals": "T" }""")
            .Replace("\"T", "\"" + FacetTypes.Server);
        PolicyLoadException error = Assert.Throws<PolicyLoadException>(() => PolicyDefinition.Load(PostureSketch.Json(json), "file.json"));
        Assert.Equal(pointer, error.Pointer);
        Assert.Contains(problem.Replace("'T/", $"'{FacetTypes.Server}/"), error.Problem);
    }

    [Fact]
    public void Nesting_has_a_limit()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"not\":", 150)) + """{ "field": "name", "equals": "x" }""" + new string('}', 150);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(deep, new() { MaxDepth = 400 });
        Assert.Contains("nested deeper", Assert.Throws<PolicyLoadException>(
            () => CompiledCondition.Compile(document.RootElement, "file.json")).Problem);
    }

    [Theory]
    [InlineData("""{ "Name": "n", "Properties": { "DisplayName": "d", "PolicyRule": RULE }, "PolicyDefinitionId": "/id" }""")]
    [InlineData("""{ "name": "n", "id": "/id", "displayName": "d", "policyRule": RULE, "policyType": "Custom" }""")]
    [InlineData("""{ "Name": "n", "Id": "/id", "DisplayName": "d", "PolicyRule": RULE, "Parameter": null, "SystemDataCreatedBy": "x" }""")]
    public void Every_tool_s_shape_is_read(string definition)
    {
        PolicyDefinition read = PolicyDefinition.Load(
            PostureSketch.Json(definition.Replace(
                "RULE", """{ "If": { "Field": "type", "Equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, "Then": { "Effect": "AUDIT" } }""")),
            "file.json");
        Assert.Equal("n", read.Name);
        Assert.Equal("d", read.DisplayName);
        Assert.Equal("/id", read.Id);
        Assert.Equal(PolicyEffect.Audit, read.Compile().Effect);
    }
}
