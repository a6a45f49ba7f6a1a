using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>Makes policy rules at random, over the resources of <see cref="RandomPosture"/>.</summary>
internal sealed class RandomRule(Random random)
{
    private static readonly string[] Scalars = ["a", "b", "deep.c", "list.x"];
    private static readonly string[] Values = ["\"on\"", "\"off\"", "\"3\"", "3", "true", "\"\""];

    /// <summary>A rule as JSON.</summary>
    public string Next()
    {
        string subject = random.Next(3) == 0 ? FacetTypes.FirewallRules : FacetTypes.Server;
        string match = random.Next(3) == 0
            ? Type(subject)
            : $$"""{ "allOf": [ {{Type(subject)}}, {{Condition(subject, 3, null)}} ] }""";
        if (random.Next(2) == 0) return $$"""{ "if": {{match}}, "then": { "effect": "audit" } }""";

        string related = random.Next(3) == 0 ? FacetTypes.DiagnosticSettings : FacetTypes.Configurations;
        string name = random.Next(2) == 0 ? $$""", "name": {{Pick("\"p0\"", "\"p1\"", "\"[concat(field('name'), '/p0')]\"", "\"[field('T/b')]\"".Replace("T", FacetTypes.Server))}}""" : "";
        string existence = random.Next(5) == 0 ? "" : $$""", "existenceCondition": {{Condition(related, 3, null)}}""";
        return $$"""
            { "if": {{match}}, "then": { "effect": "auditIfNotExists", "details": { "type": "{{related}}"{{name}}{{existence}} } } }
            """;
    }

    private static string Type(string type) => $$"""{ "field": "type", "equals": "{{type}}" }""";

    private string Condition(string type, int depth, string? array)
    {
        switch (depth > 0 ? random.Next(8) : 4 + random.Next(3))
        {
            case 0:
                return $$"""{ "not": {{Condition(type, depth - 1, array)}} }""";
            case 1 or 2:
                return $$"""{ "{{Pick("allOf", "anyOf")}}": [ {{Condition(type, depth - 1, array)}}, {{Condition(type, depth - 1, array)}} ] }""";
            case 3 when array is null:
                string where = random.Next(4) == 0 ? "" : $$""", "where": {{Condition(type, depth - 1, "list[*]")}}""";
                return $$"""{ "count": { "field": "{{type}}/list[*]"{{where}} }, "{{Pick("equals", "greater", "less", "notEquals")}}": {{random.Next(3)}} }""";
            case 4 or 7:
                return $$"""{ "value": "{{Expression(type, array)}}", "equals": {{Pick("true", "false")}} }""";
            default:
                return Leaf(Field(type, array));
        }
    }

    private string Field(string type, string? array) => array is not null && random.Next(3) > 0
        ? $"{type}/{array}.{Pick("x", "y")}"
        : random.Next(6) switch
        {
            0 => $"{type}/list[*].{Pick("x", "y")}",
            1 => "location",
            2 => "tags.env",
            _ => $"{type}/{Pick(Scalars)}",
        };

    private string Leaf(string field) => random.Next(9) switch
    {
        0 => $$"""{ "field": "{{field}}", "exists": {{Pick("true", "false")}} }""",
        1 => $$"""{ "field": "{{field}}", "in": [{{Pick(Values)}}, {{Pick(Values)}}] }""",
        2 => $$"""{ "field": "{{field}}", "notIn": [{{Pick(Values)}}] }""",
        3 => $$"""{ "field": "{{field}}", "{{Pick("like", "notLike")}}": {{Pick("\"o*\"", "\"*\"", "\"*f\"")}} }""",
        4 => $$"""{ "field": "{{field}}", "{{Pick("less", "greater", "lessOrEquals", "greaterOrEquals")}}": {{Pick("2", "3", "\"3\"", "\"on\"")}} }""",
        5 => $$"""{ "field": "{{field}}", "{{Pick("contains", "notContains")}}": {{Pick("\"o\"", "\"f\"", "3")}} }""",
        6 => $$"""{ "field": "{{field}}", "{{Pick("equals", "notEquals")}}": "[field('{{field}}')]" }""",
        _ => $$"""{ "field": "{{field}}", "{{Pick("equals", "notEquals")}}": {{Pick(Values)}} }""",
    };

    private string Expression(string type, string? array)
    {
        string field = $"field('{Field(type, array)}')";
        string other = $"field('{type}/{Pick(Scalars)}')";
        return random.Next(9) switch
        {
            0 => $"[equals({field}, {other})]",
            1 => $"[empty({field})]",
            2 => $"[or(equals({field}, 'on'), equals({other}, 'off'))]",
            3 => $"[and(equals({field}, 'on'), not(equals({other}, 'off')))]",
            4 => $"[if(equals({field}, 'on'), equals({other}, 'on'), equals({other}, 'on'))]",
            5 => $"[contains(createArray({field}, {other}), 'on')]",
            6 => $"[greater(length(field('{type}/list[*]')), 1)]",
            7 => $"[equals(tryGet(field('{type}/deep'), 'c'), 'on')]",
            _ => $"[equals(coalesce(tryGet(first(field('{type}/list[*]')), 'x'), {other}), 'on')]",
        };
    }

    private string Pick(params string[] values) => values[random.Next(values.Length)];
}
