using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

public class OperatorTests
{
    private const string Server = """
        {
          "location": "East US 2",
          "kind": "v12",
          "identity": { "type": "SystemAssigned" },
          "tags": { "env": "Prod", "Acct.CostCenter": "42", "it's": "x" },
          "sku": { "name": "Standard_D2s_v3" },
          "properties": {
            "text": "Enabled", "numberText": "10", "number": 7, "real": 1.5, "yes": true, "yesText": "True",
            "empty": "", "nothing": null, "list": ["a", "B"], "object": { "Key": 1 },
            "time": "2026-12-01T00:00:00Z", "type": "inner", "phone": "555-1234", "mark": { "$unknown": "a secret" },
            "withMark": ["a", { "$unknown": "not resolved" }]
          }
        }
        """;

    [Theory]
    [InlineData("T/text", "equals", "\"ENABLED\"", Truth.True)]
    [InlineData("T/TEXT", "equals", "\"enabled\"", Truth.True)]
    [InlineData("T/text", "notEquals", "\"Enabled\"", Truth.False)]
    [InlineData("T/yes", "equals", "\"True\"", Truth.True)]
    [InlineData("T/yes", "equals", "true", Truth.True)]
    [InlineData("T/yesText", "equals", "true", Truth.True)]
    [InlineData("T/yes", "equals", "false", Truth.False)]
    [InlineData("T/number", "equals", "\"7\"", Truth.True)]
    [InlineData("T/numberText", "equals", "10", Truth.True)]
    [InlineData("T/real", "equals", "1.5", Truth.True)]
    [InlineData("T/empty", "equals", "\"\"", Truth.True)]
    [InlineData("T/missing", "equals", "\"\"", Truth.False)]
    [InlineData("T/missing", "notEquals", "\"x\"", Truth.True)]
    [InlineData("T/nothing", "exists", "\"false\"", Truth.True)]
    [InlineData("T/nothing", "notIn", "[\"x\"]", Truth.True)]
    [InlineData("T/empty", "exists", "true", Truth.True)]
    [InlineData("T/missing", "exists", "\"True\"", Truth.False)]
    [InlineData("T/missing.below.it", "exists", "false", Truth.True)]
    [InlineData("T/text.below", "exists", "false", Truth.True)]
    [InlineData("T/text", "like", "\"en*ED\"", Truth.True)]
    [InlineData("T/text", "like", "\"*able\"", Truth.False)]
    [InlineData("T/text", "like", "\"enabled\"", Truth.True)]
    [InlineData("T/text", "like", "\"enabledenabl*ed\"", Truth.False)]
    [InlineData("T/text", "notLike", "\"dis*\"", Truth.True)]
    [InlineData("T/missing", "like", "\"*\"", Truth.False)]
    [InlineData("T/phone", "match", "\"###-####\"", Truth.True)]
    [InlineData("T/phone", "match", "\"###.....\"", Truth.True)]
    [InlineData("T/phone", "match", "\"???-####\"", Truth.False)]
    [InlineData("T/text", "match", "\"E?????d\"", Truth.True)]
    [InlineData("T/text", "match", "\"e??????\"", Truth.False)]
    [InlineData("T/text", "matchInsensitively", "\"e??????\"", Truth.True)]
    [InlineData("T/text", "notMatch", "\"e??????\"", Truth.True)]
    [InlineData("T/text", "notMatchInsensitively", "\"e??????\"", Truth.False)]
    [InlineData("T/text", "contains", "\"ABLE\"", Truth.True)]
    [InlineData("T/list", "contains", "\"b\"", Truth.True)]
    [InlineData("T/text", "contains", "\"A*\"", Truth.False)]
    [InlineData("T/list", "notContains", "\"c\"", Truth.True)]
    [InlineData("T/withMark", "contains", "\"a\"", Truth.True)]
    [InlineData("T/withMark", "contains", "\"z\"", Truth.Unknown)]
    [InlineData("T/text", "in", "[\"x\", \"enabled\"]", Truth.True)]
    [InlineData("T/number", "in", "[\"7\"]", Truth.True)]
    [InlineData("T/text", "notIn", "[\"x\"]", Truth.True)]
    [InlineData("T/object", "containsKey", "\"KEY\"", Truth.True)]
    [InlineData("T/object", "notContainsKey", "\"other\"", Truth.True)]
    [InlineData("tags", "containsKey", "\"ENV\"", Truth.True)]
    [InlineData("T/number", "less", "8", Truth.True)]
    [InlineData("T/number", "greaterOrEquals", "\"7\"", Truth.True)]
    [InlineData("T/numberText", "greater", "9", Truth.True)]
    [InlineData("T/numberText", "less", "\"9\"", Truth.True)]
    [InlineData("T/text", "greater", "7", Truth.Unknown)]
    [InlineData("T/list", "less", "7", Truth.Unknown)]
    [InlineData("T/missing", "less", "7", Truth.False)]
    [InlineData("T/missing", "greaterOrEquals", "7", Truth.False)]
    [InlineData("T/time", "less", "\"2026-12-01T00:00:01Z\"", Truth.True)]
    [InlineData("T/time", "lessOrEquals", "\"2026-11-30T19:00:00-05:00\"", Truth.True)]
    [InlineData("T/time", "greater", "\"[addDays(utcNow(), 7)]\"", Truth.False)]
    [InlineData("T/time", "greater", "\"[addDays(utcNow(), 6)]\"", Truth.True)]
    [InlineData("T/mark", "equals", "\"x\"", Truth.Unknown)]
    [InlineData("T/mark", "notEquals", "\"x\"", Truth.Unknown)]
    [InlineData("T/mark", "exists", "true", Truth.Unknown)]
    [InlineData("T/mark.below", "exists", "true", Truth.Unknown)]
    [InlineData("location", "equals", "\"eastus2\"", Truth.True)]
    [InlineData("location", "in", "[\"west us\", \"EastUS 2\"]", Truth.True)]
    [InlineData("location", "like", "\"east*\"", Truth.True)]
    [InlineData("kind", "equals", "\"V12\"", Truth.True)]
    [InlineData("identity.type", "equals", "\"systemassigned\"", Truth.True)]
    [InlineData("name", "equals", "\"PG\"", Truth.True)]
    [InlineData("fullName", "equals", "\"pg\"", Truth.True)]
    [InlineData("type", "equals", "\"microsoft.dbforpostgresql/FLEXIBLESERVERS\"", Truth.True)]
    [InlineData("id", "like", "\"/subscriptions/*/pg\"", Truth.True)]
    [InlineData("tags.env", "equals", "\"prod\"", Truth.True)]
    [InlineData("tags[env]", "equals", "\"prod\"", Truth.True)]
    [InlineData("tags['Acct.CostCenter']", "equals", "\"42\"", Truth.True)]
    [InlineData("tags[Acct.CostCenter]", "equals", "42", Truth.True)]
    [InlineData("tags['''it''s''']", "exists", "false", Truth.True)]
    [InlineData("tags['it''s']", "equals", "\"x\"", Truth.True)]
    [InlineData("tags.none", "exists", "false", Truth.True)]
    [InlineData("T/sku.name", "like", "\"Standard*\"", Truth.True)]
    [InlineData("T/type", "equals", "\"inner\"", Truth.True)]
    [InlineData("Microsoft.DBforPostgreSQL/flexibleServers/configurations/value", "exists", "false", Truth.True)]
    [InlineData("[concat('tags[', 'env', ']')]", "equals", "\"[concat('pr', 'od')]\"", Truth.True)]
    [InlineData("name", "like", "\"[concat(take(resourceGroup().name, 0), 'p*')]\"", Truth.True)]
    [InlineData("name", "equals", "\"[resourceGroup().location]\"", Truth.Unknown)]
    [InlineData("name", "equals", "\"[requestContext().apiVersion]\"", Truth.Unknown)]
    [InlineData("id", "like", "\"[concat(subscription().id, '/*')]\"", Truth.True)]
    [InlineData("name", "equals", "\"[policy().assignmentId]\"", Truth.Unknown)]
    public void Field(string field, string op, string right, Truth expected) =>
        Assert.Equal(expected, Evaluate($$"""{ "field": "{{field}}", "{{op}}": {{right}} }"""));

    [Theory]
    [InlineData("\"[substring(field('name'), 0, 3)]\"", "equals", "\"abc\"", Truth.Unknown)]
    [InlineData("\"[if(greaterOrEquals(length(field('name')), 3), substring(field('name'), 0, 3), 'no')]\"", "equals", "\"abc\"", Truth.False)]
    [InlineData("\"[less(length(field('tags')), 3)]\"", "equals", "\"true\"", Truth.False)]
    [InlineData("\"[field('T/missing')]\"", "equals", "\"\"", Truth.True)]
    [InlineData("\"literal\"", "equals", "\"LITERAL\"", Truth.True)]
    [InlineData("[1, 2]", "contains", "\"2\"", Truth.True)]
    [InlineData("\"[int(field('T/numberText'))]\"", "greater", "9", Truth.True)]
    [InlineData("\"[field('T/mark')]\"", "equals", "1", Truth.Unknown)]
    [InlineData("\"[ipRangeContains('192.168.0.0-192.168.0.9', '192.168.0.9')]\"", "equals", "true", Truth.True)]
    [InlineData("\"[ipRangeContains('2001:DB8::/110', '2001:0DB8::3:FFFE')]\"", "equals", "true", Truth.True)]
    [InlineData("\"[ipRangeContains('10.0.0.0/8', '::1')]\"", "equals", "false", Truth.Unknown)]
    public void Value(string value, string op, string right, Truth expected) =>
        Assert.Equal(expected, Evaluate($$"""{ "value": {{value}}, "{{op}}": {{right}} }"""));

    [Fact]
    public void What_a_projected_body_lacks_is_unknown()
    {
        Posture posture = new PostureSketch("""{ "properties": { "a": "x", "b": null } }""", gap: "a projection").Build();
        Assert.Equal(Truth.True, Evaluate("""{ "field": "T/a", "equals": "x" }""", posture));
        Assert.Equal(Truth.True, Evaluate("""{ "field": "T/b", "exists": false }""", posture));
        foreach (string field in new[] { "T/c", "T/c[*]", "T/c.d", "location", "tags.x", "T/sku.name" })
        {
            Assert.Equal(Truth.Unknown, Evaluate($$"""{ "field": "{{field}}", "exists": true }""", posture));
            Assert.Equal(Truth.Unknown, Evaluate($$"""{ "field": "{{field}}", "equals": "x" }""", posture));
        }
    }

    [Theory]
    [InlineData("TFU", "allOf", Truth.False)]
    [InlineData("TU", "allOf", Truth.Unknown)]
    [InlineData("TT", "allOf", Truth.True)]
    [InlineData("FU", "anyOf", Truth.Unknown)]
    [InlineData("FUT", "anyOf", Truth.True)]
    [InlineData("FF", "anyOf", Truth.False)]
    public void Junctions(string parts, string op, Truth expected)
    {
        string list = string.Join(",", System.Linq.Enumerable.Select(parts, part => part switch
        {
            'T' => """{ "field": "T/text", "equals": "Enabled" }""",
            'F' => """{ "field": "T/text", "equals": "Disabled" }""",
            _ => """{ "field": "T/mark", "equals": "x" }""",
        }));
        Assert.Equal(expected, Evaluate($$"""{ "{{op}}": [{{list}}] }"""));
        Assert.Equal(expected.Not(), Evaluate($$"""{ "not": { "{{op}}": [{{list}}] } }"""));
    }

    [Theory]
    [InlineData("equals", "3", Truth.False)]
    [InlineData("equals", "2", Truth.Unknown)]
    [InlineData("greater", "0", Truth.True)]
    [InlineData("greater", "1", Truth.Unknown)]
    [InlineData("greater", "2", Truth.False)]
    [InlineData("notEquals", "5", Truth.True)]
    [InlineData("less", "3", Truth.True)]
    public void A_count_with_unknown_members_is_a_range(string op, string right, Truth expected)
    {
        // 'a' matches, the mark may match.
        Assert.Equal(expected, Evaluate(
            $$"""{ "count": { "field": "T/withMark[*]", "where": { "field": "T/withMark[*]", "equals": "a" } }, "{{op}}": {{right}} }"""));
    }

    private static Truth Evaluate(string condition, Posture? posture = null)
    {
        posture ??= new PostureSketch(Server).Build();
        string json = condition.Replace("T/", FacetTypes.Server + "/");
        CompiledCondition compiled = CompiledCondition.Compile(PostureSketch.Json(json), "test");
        Truth verdict = compiled.Evaluate(posture.Server, posture);
        // The explanation, and a second evaluation with remembered spellings, agree.
        ConditionExplanation explanation = compiled.Explain(posture.Server, posture);
        Assert.Equal(verdict, explanation.Verdict);
        Assert.Equal(verdict == Truth.Unknown, explanation.Reasons.Count > 0);
        Assert.Equal(verdict, compiled.Evaluate(posture.Server, posture));
        return verdict;
    }
}
