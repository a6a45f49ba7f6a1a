using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>The examples of "Author policies for array properties" and of the policy rule's <c>count</c>.</summary>
public class DocumentedArrayTests
{
    private const string Server = """
        {
          "tags": { "env": "prod" },
          "properties": {
            "stringArray": [ "a", "b", "c" ],
            "objectArray": [
              { "property": "value1", "nestedArray": [ 1, 2 ] },
              { "property": "value2", "nestedArray": [ 3, 4 ] }
            ],
            "rules": [
              { "direction": "Inbound", "access": "Allow", "port": "3389", "priority": 101 },
              { "direction": "Outbound", "access": "Allow", "port": "3389", "priority": 102 },
              { "direction": "Inbound", "access": "Deny", "port": 22 }
            ],
            "prefixes": [ "10.0.0.0/25", "10.0.1.0/24" ]
          }
        }
        """;

    [Theory]
    // Fields.
    [InlineData("""{ "field": "T/stringArray[*]", "equals": "a" }""", false)]
    [InlineData("""{ "field": "T/stringArray[*]", "in": ["A", "B", "C"] }""", true)]
    [InlineData("""{ "field": "T/stringArray", "equals": "a" }""", false)]
    [InlineData("""{ "field": "T/stringArray", "contains": "B" }""", true)]
    [InlineData("""{ "field": "T/objectArray[*].property", "like": "value*" }""", true)]
    [InlineData("""{ "field": "T/objectArray[*].property", "equals": "value1" }""", false)]
    [InlineData("""{ "field": "T/objectArray[*].nestedArray[*]", "less": 5 }""", true)]
    [InlineData("""{ "field": "T/objectArray[*].nestedArray[*]", "less": 4 }""", false)]
    [InlineData("""{ "field": "T/missingArray[*]", "equals": "x" }""", true)]
    [InlineData("""{ "field": "T/missingArray[*].property", "equals": "x" }""", true)]
    [InlineData("""{ "field": "T/missingArray", "exists": "false" }""", true)]
    [InlineData("""{ "field": "T/objectArray[*].other", "exists": false }""", true)]
    // An old alias that goes through an array without [*].
    [InlineData("""{ "field": "T/objectArray.property", "like": "value*" }""", true)]
    [InlineData("""{ "field": "T/objectArray.property", "equals": "value1" }""", false)]
    // The function field().
    [InlineData("""{ "value": "[length(field('T/stringArray'))]", "greater": 0 }""", true)]
    [InlineData("""{ "value": "[field('T/missingArray')]", "equals": "" }""", true)]
    [InlineData("""{ "value": "[length(field('T/missingArray[*]'))]", "equals": 0 }""", true)]
    [InlineData("""{ "value": "[string(field('T/objectArray[*].property'))]", "equals": "[concat('[\"value1\",\"value2\"]', '')]" }""", true)]
    [InlineData("""{ "value": "[string(field('T/objectArray[*].nestedArray'))]", "equals": "[concat('[[1,2],[3,4]]', '')]" }""", true)]
    [InlineData("""{ "value": "[string(field('T/objectArray[*].nestedArray[*]'))]", "equals": "[concat('[1,2,3,4]', '')]" }""", true)]
    // Counts.
    [InlineData("""{ "count": { "field": "T/stringArray[*]" }, "equals": 3 }""", true)]
    [InlineData("""{ "count": { "field": "T/objectArray[*].nestedArray[*]" }, "greaterOrEquals": 4 }""", true)]
    [InlineData("""{ "count": { "field": "T/missingArray[*]" }, "equals": 0 }""", true)]
    [InlineData("""{ "count": { "field": "T/stringArray[*]", "where": { "field": "T/stringArray[*]", "equals": "a" } }, "equals": 1 }""", true)]
    [InlineData("""
        { "count": { "field": "T/objectArray[*]", "where": { "allOf": [
          { "field": "T/objectArray[*].property", "equals": "value2" },
          { "field": "T/objectArray[*].nestedArray[*]", "greater": 2 } ] } }, "equals": 1 }
        """, true)]
    [InlineData("""{ "count": { "field": "T/objectArray[*]", "where": { "field": "tags.env", "equals": "prod" } }, "equals": 2 }""", true)]
    [InlineData("""
        { "count": { "field": "T/objectArray[*]", "where": { "allOf": [
          { "field": "T/objectArray[*].property", "equals": "value2" },
          { "count": { "field": "T/objectArray[*].nestedArray[*]", "where":
              { "field": "T/objectArray[*].nestedArray[*]", "equals": 3 } }, "greater": 0 } ] } }, "equals": 1 }
        """, true)]
    [InlineData("""
        { "count": { "field": "T/objectArray[*]", "where": { "allOf": [
          { "field": "T/objectArray[*].property", "equals": "value1" },
          { "count": { "field": "T/objectArray[*].nestedArray[*]", "where":
              { "field": "T/objectArray[*].nestedArray[*]", "equals": 3 } }, "greater": 0 } ] } }, "equals": 0 }
        """, true)]
    [InlineData("""{ "count": { "field": "T/stringArray[*]", "where": { "field": "T/stringArray[*]", "equals": "[field('T/stringArray[*]')]" } }, "equals": 0 }""", true)]
    [InlineData("""{ "count": { "field": "T/stringArray[*]", "where": { "field": "T/stringArray[*]", "equals": "[first(field('T/stringArray[*]'))]" } }, "equals": 3 }""", true)]
    [InlineData("""
        { "count": { "field": "T/rules[*]", "where": { "allOf": [
          { "field": "T/rules[*].direction", "equals": "inbound" },
          { "field": "T/rules[*].access", "equals": "Allow" },
          { "field": "T/rules[*].port", "equals": "3389" } ] } }, "greater": 0 }
        """, true)]
    [InlineData("""{ "count": { "field": "T/rules[*]", "where": { "field": "T/rules[*].port", "equals": "3389" } }, "equals": "[length(field('T/rules[*]'))]" }""", false)]
    [InlineData("""
        { "count": { "field": "T/prefixes[*]", "where": {
          "value": "[ipRangeContains('10.0.0.0/24', current('T/prefixes[*]'))]", "equals": false } }, "equals": 1 }
        """, true)]
    [InlineData("""
        { "count": { "field": "T/prefixes[*]", "where": {
          "value": "[ipRangeContains('10.0.0.0/24', first(field('T/prefixes[*]')))]", "equals": false } }, "equals": 1 }
        """, true)]
    [InlineData("""{ "count": { "field": "T/rules[*]", "where": { "value": "[current('T/rules[*].direction')]", "equals": "Inbound" } }, "equals": 2 }""", true)]
    [InlineData("""{ "count": { "field": "T/rules[*]", "where": { "value": "[current().direction]", "equals": "Inbound" } }, "equals": 2 }""", true)]
    [InlineData("""{ "count": { "value": ["prefix1_*", "p*"], "name": "pattern", "where": { "field": "name", "like": "[current('pattern')]" } }, "greater": 0 }""", true)]
    [InlineData("""{ "count": { "value": ["prefix1_*", "x*"], "where": { "field": "name", "like": "[current()]" } }, "greater": 0 }""", false)]
    [InlineData("""
        { "count": { "field": "T/prefixes[*]", "where": { "count": {
          "value": ["10.0.0.0/24", "192.168.0.0/16"], "name": "approved", "where": {
            "value": "[ipRangeContains(current('approved'), current('T/prefixes[*]'))]", "equals": true } }, "equals": 0 } }, "equals": 1 }
        """, true)]
    [InlineData("""
        { "count": { "value": [{ "priority": 101, "access": "allow" }, { "priority": 102, "access": "deny" }], "name": "reserved", "where": {
          "count": { "field": "T/rules[*]", "where": { "allOf": [
            { "field": "T/rules[*].priority", "equals": "[current('reserved').priority]" },
            { "field": "T/rules[*].access", "equals": "[current('reserved').access]" } ] } }, "equals": 1 } }, "equals": 1 }
        """, true)]
    public void Holds(string condition, bool expected)
    {
        Posture posture = new PostureSketch(Server).Build();
        string json = condition.Replace("T/", FacetTypes.Server + "/");
        CompiledCondition compiled = CompiledCondition.Compile(PostureSketch.Json(json), "documentation");
        Assert.Equal(expected.ToTruth(), compiled.Evaluate(posture.Server, posture));
    }
}
