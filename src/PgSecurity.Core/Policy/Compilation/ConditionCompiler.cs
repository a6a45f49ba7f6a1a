using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;

namespace PgSecurity.Core.Policy;

/// <summary>Compiles conditions of the policy language.</summary>
internal sealed class ConditionCompiler(RuleSubject subject)
{
    /// <summary>The deepest nesting of conditions.</summary>
    private const int MaximumDepth = 100;

    /// <summary>As Azure Policy limits it.</summary>
    private const int MaximumConditions = 4096;

    private readonly List<CountScope> _scopes = new();
    private int _conditions;

    /// <summary>Compiles a condition.</summary>
    /// <exception cref="PolicyLoadException">It is not one.</exception>
    public Condition Compile(DefinitionPlace place, int depth = 0)
    {
        if (depth > MaximumDepth) throw place.Wrong($"conditions are nested deeper than {MaximumDepth} levels");
        if (++_conditions > MaximumConditions) throw place.Wrong($"there are more than {MaximumConditions} conditions");

        Dictionary<string, DefinitionPlace> members = place.Members();
        if (members.TryGetValue("allOf", out DefinitionPlace allOf))
        {
            Alone(place, members, "allOf");
            return new Junction(CompileAll(allOf, depth), Truth.False);
        }

        if (members.TryGetValue("anyOf", out DefinitionPlace anyOf))
        {
            Alone(place, members, "anyOf");
            return new Junction(CompileAll(anyOf, depth), Truth.True);
        }

        if (members.TryGetValue("not", out DefinitionPlace not))
        {
            Alone(place, members, "not");
            return new Negation(Compile(not, depth + 1));
        }

        return CompileLeaf(place, members, depth);
    }

    /// <summary>A value of the rule: a literal, or an expression bound to where it stands.</summary>
    public ExpressionNode Value(DefinitionPlace place)
    {
        switch (place.Value.ValueKind)
        {
            case JsonValueKind.String:
                return Bind(place, place.Value.GetString()!);
            case JsonValueKind.Array:
                ExpressionNode[] items = place.Items().Select(Value).ToArray();
                return items.All(item => item is LiteralNode)
                    ? new LiteralNode(Elements.ToArray(items.Select(item => ((LiteralNode)item).Value)))
                    : new ArrayNode(items);
            default:
                return new LiteralNode(ExpressionValue.From(place.Value));
        }
    }

    private static void Alone(DefinitionPlace place, Dictionary<string, DefinitionPlace> members, string name)
    {
        if (members.Count == 1) return;
        string other = members.Keys.First(key => !string.Equals(key, name, StringComparison.OrdinalIgnoreCase));
        throw place.Wrong($"'{other}' stands beside '{name}'; expected '{name}' alone");
    }

    private Condition[] CompileAll(DefinitionPlace place, int depth)
    {
        IReadOnlyList<DefinitionPlace> items = place.Items();
        return items.Count > 0
            ? items.Select(item => Compile(item, depth + 1)).ToArray()
            : throw place.Wrong("the list of conditions is empty; expected at least one");
    }

    private Condition CompileLeaf(DefinitionPlace place, Dictionary<string, DefinitionPlace> members, int depth)
    {
        string[] subjects = new[] { "field", "value", "count" }.Where(members.ContainsKey).ToArray();
        string[] others = members.Keys.Where(key => !subjects.Contains(key, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (subjects.Length != 1)
        {
            throw place.Wrong(subjects.Length == 0
                ? "the condition has no 'field', 'value' or 'count', nor is it 'allOf', 'anyOf' or 'not'"
                    + (others.Length > 0 ? $" (found {string.Join(", ", others.Select(key => $"'{key}'"))})" : "")
                : $"the condition has {string.Join(" and ", subjects.Select(key => $"'{key}'"))}; expected one of them");
        }

        string? unknown = others.FirstOrDefault(key => !ConditionOperator.TryGet(key, out _));
        if (unknown is not null)
        {
            throw members[unknown].Wrong(
                $"there is no operator '{unknown}'; valid are {string.Join(", ", ConditionOperator.Names)}");
        }

        if (others.Length != 1)
        {
            throw place.Wrong(others.Length == 0
                ? $"the condition has no operator; expected one of {string.Join(", ", ConditionOperator.Names)}"
                : $"the condition has the operators {string.Join(" and ", others.Select(key => $"'{key}'"))}; expected one");
        }

        ConditionOperator.TryGet(others[0], out ConditionOperator? op);
        DefinitionPlace right = members[others[0]];
        DefinitionPlace left = members[subjects[0]];
        return subjects[0] switch
        {
            "field" => CompileField(left, op!, right),
            "value" => new ValueCondition(Value(left), Right(op!, right, ignoresSpaces: false), left.Value.ToString()),
            _ => CompileCount(left, op!, right, depth),
        };
    }

    private FieldCondition CompileField(DefinitionPlace place, ConditionOperator op, DefinitionPlace right)
    {
        Field field = FieldOf(place);
        return new FieldCondition(field.Bind(_scopes), Right(op, right, field.Kind == FieldKind.Location));
    }

    private Field FieldOf(DefinitionPlace place)
    {
        ExpressionNode name = Bind(place, place.Text());
        if (name is LiteralNode { Value.Kind: ExpressionKind.String } literal) return subject.ConditionField(literal.Value.Text, place);

        // In a trial the parameter that makes up the name may have no value yet.
        return subject.IsTrial
            ? subject.ConditionField("id", place)
            : throw place.Wrong("the name of the field is not known before the evaluation; expected a string, or an expression of parameters");
    }

    private CountCondition CompileCount(DefinitionPlace place, ConditionOperator op, DefinitionPlace right, int depth)
    {
        Dictionary<string, DefinitionPlace> members = place.Members("field", "value", "name", "where");
        bool hasField = members.TryGetValue("field", out DefinitionPlace fieldPlace);
        bool hasValue = members.TryGetValue("value", out DefinitionPlace valuePlace);
        if (hasField == hasValue) throw place.Wrong("a count has either a 'field' or a 'value'");

        RightHandSide rightHandSide = Right(op, right, ignoresSpaces: false);
        return hasField
            ? CompileFieldCount(members, fieldPlace, rightHandSide, depth)
            : CompileValueCount(members, valuePlace, place, rightHandSide, depth);
    }

    private CountCondition CompileFieldCount(
        Dictionary<string, DefinitionPlace> members, DefinitionPlace place, RightHandSide right, int depth)
    {
        if (members.TryGetValue("name", out DefinitionPlace name)) throw name.Wrong("'name' goes with the count of a 'value', not of a 'field'");
        Field field = FieldOf(place);
        if (!field.IsArrayAlias)
        {
            throw place.Wrong($"'{field.Text}' is not an array alias; expected one that ends in [*]");
        }

        int frame = subject.AddFrame(field.Levels);
        Field bound = field.Bind(_scopes);
        Condition? where = CompileWhere(members, new CountScope(field, field.Text, frame), depth);
        return new CountCondition(bound, null, null, where, frame, right);
    }

    private CountCondition CompileValueCount(
        Dictionary<string, DefinitionPlace> members, DefinitionPlace place, DefinitionPlace count, RightHandSide right, int depth)
    {
        ExpressionNode values = Value(place);
        if (values is LiteralNode { Value: { Kind: not (ExpressionKind.Array or ExpressionKind.Unknown) } literal })
        {
            throw place.Wrong($"expected an array to count, found {literal.KindInWords}");
        }

        string name = "default";
        if (members.TryGetValue("name", out DefinitionPlace namePlace))
        {
            name = namePlace.Text();
            if (name.Length == 0 || !name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
            {
                throw namePlace.Wrong("the name of a count is not of English letters and digits");
            }
        }
        else if (_scopes.Count > 0)
        {
            throw count.Wrong("a count of a 'value' inside another count has no 'name'; expected one");
        }

        int frame = subject.AddFrame(0);
        Condition? where = CompileWhere(members, new CountScope(null, name, frame), depth);
        return new CountCondition(null, values, members.ContainsKey("name") ? name : null, where, frame, right);
    }

    private Condition? CompileWhere(Dictionary<string, DefinitionPlace> members, CountScope scope, int depth)
    {
        if (!members.TryGetValue("where", out DefinitionPlace place)) return null;
        _scopes.Add(scope);
        Condition where = Compile(place, depth + 1);
        _scopes.RemoveAt(_scopes.Count - 1);
        return where;
    }

    private RightHandSide Right(ConditionOperator op, DefinitionPlace place, bool ignoresSpaces)
    {
        try
        {
            return new RightHandSide(op, Value(place), ignoresSpaces);
        }
        catch (OperandException wrong)
        {
            throw place.Wrong($"'{op.Name}': {wrong.Message}", wrong);
        }
    }

    private ExpressionNode Bind(DefinitionPlace place, string text)
    {
        try
        {
            return new ExpressionBinder(subject, _scopes.ToArray(), place).Bind(ExpressionParser.Parse(text));
        }
        catch (ExpressionException wrong)
        {
            throw place.Wrong(wrong.Message.TrimEnd('.'), wrong);
        }
    }
}
