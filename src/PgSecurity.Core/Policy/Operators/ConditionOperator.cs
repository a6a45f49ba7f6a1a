using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;

namespace PgSecurity.Core.Policy;

/// <summary>An operator of the policy language.</summary>
internal sealed class ConditionOperator
{
    private delegate ValueTest Factory(ExpressionValue right, OperandRules rules);

    private static readonly Dictionary<string, ConditionOperator> ByName = new ConditionOperator[]
    {
        new("equals", false, Equality, right => right, right => "not " + right),
        new("notEquals", true, Equality, right => "not " + right, right => right),
        new("in", false, Membership, right => "one of " + right, right => "none of " + right),
        new("notIn", true, Membership, right => "none of " + right, right => "one of " + right),
        new("like", false, Like, right => "like " + right, right => "not like " + right),
        new("notLike", true, Like, right => "not like " + right, right => "like " + right),
        new("match", false, Match(ignoresCase: false), right => "matching " + right, right => "not matching " + right),
        new("notMatch", true, Match(ignoresCase: false), right => "not matching " + right, right => "matching " + right),
        new("matchInsensitively", false, Match(ignoresCase: true), right => "matching " + right, right => "not matching " + right),
        new("notMatchInsensitively", true, Match(ignoresCase: true), right => "not matching " + right, right => "matching " + right),
        new("contains", false, Contains, right => "containing " + right, right => "not containing " + right),
        new("notContains", true, Contains, right => "not containing " + right, right => "containing " + right),
        new("containsKey", false, Key, right => "with " + right, right => "without " + right),
        new("notContainsKey", true, Key, right => "without " + right, right => "with " + right),
        new("exists", false, Existence, right => right == "true" ? "present" : "absent", right => right == "true" ? "absent" : "present"),
        new("less", false, Order(order => order < 0), right => "less than " + right, right => "at least " + right),
        new("lessOrEquals", false, Order(order => order <= 0), right => "at most " + right, right => "more than " + right),
        new("greater", false, Order(order => order > 0), right => "more than " + right, right => "at most " + right),
        new("greaterOrEquals", false, Order(order => order >= 0), right => "at least " + right, right => "less than " + right),
    }.ToDictionary(op => op.Name, StringComparer.OrdinalIgnoreCase);

    private readonly Factory _factory;
    private readonly Func<string, string> _wordsWhenTrue;
    private readonly Func<string, string> _wordsWhenFalse;

    private ConditionOperator(
        string name, bool isNegated, Factory factory, Func<string, string> whenTrue, Func<string, string> whenFalse)
    {
        Name = name;
        IsNegated = isNegated;
        _factory = factory;
        _wordsWhenTrue = whenTrue;
        _wordsWhenFalse = whenFalse;
    }

    /// <summary>The names of all operators.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>As the documentation spells it.</summary>
    public string Name { get; }

    /// <summary>Whether its verdict is the test's the other way round.</summary>
    public bool IsNegated { get; }

    public static bool TryGet(string name, out ConditionOperator? op) => ByName.TryGetValue(name, out op);

    /// <summary>The test for a right-hand side that is known.</summary>
    /// <exception cref="OperandException">The operator cannot have it.</exception>
    public ValueTest Test(ExpressionValue right, OperandRules rules) => _factory(right, rules);

    /// <summary>What a value has to be, in words, for the condition to hold or not to hold.</summary>
    public string Words(ExpressionValue right, bool holds)
    {
        string text = right.Kind switch
        {
            ExpressionKind.Unknown => "a value that is not known",
            ExpressionKind.String when right.Text.Length == 0 => "empty",
            ExpressionKind.Array => string.Join(", ", Elements.Of(right).Select(item => item.ToString())),
            _ => right.ToString(),
        };
        if (Name == "exists") text = text.ToLowerInvariant();
        return holds ? _wordsWhenTrue(text) : _wordsWhenFalse(text);
    }

    private static ValueTest Equality(ExpressionValue right, OperandRules rules)
    {
        bool scalar = right.Kind is not (ExpressionKind.Array or ExpressionKind.Object or ExpressionKind.Null);
        return scalar || !rules.IsWritten
            ? new EqualityTest(right, rules.IgnoresSpaces)
            : throw new OperandException(
                $"{right.KindInWords} stands where a string, number or boolean is expected (a list goes with 'in' or 'notIn')");
    }

    private static ValueTest Membership(ExpressionValue right, OperandRules rules)
    {
        if (right.Kind != ExpressionKind.Array)
        {
            throw new OperandException($"{right.KindInWords} stands where an array of strings, numbers or booleans is expected");
        }

        ExpressionValue[] members = Elements.Of(right).ToArray();
        if (rules.IsWritten && members.Any(m => m.Kind is ExpressionKind.Array or ExpressionKind.Object or ExpressionKind.Null))
        {
            throw new OperandException("the array holds something else than strings, numbers and booleans");
        }

        return new MembershipTest(members, rules.IgnoresSpaces);
    }

    private static ValueTest Like(ExpressionValue right, OperandRules rules) =>
        new LikeTest(Text(right, "a string with at most one '*'"), rules.IgnoresSpaces);

    private static Factory Match(bool ignoresCase) => (right, _) =>
        new MatchTest(Text(right, "a string of '#', '?', '.' and other characters"), ignoresCase);

    private static ValueTest Contains(ExpressionValue right, OperandRules rules)
    {
        if (right.Kind is ExpressionKind.Array or ExpressionKind.Object or ExpressionKind.Null)
        {
            throw new OperandException($"{right.KindInWords} stands where a string, number or boolean is expected");
        }

        return new ContainsTest(right);
    }

    private static ValueTest Key(ExpressionValue right, OperandRules rules) => new KeyTest(Text(right, "the name of a member"));

    private static ValueTest Existence(ExpressionValue right, OperandRules rules)
    {
        if (right.Kind == ExpressionKind.Boolean) return new ExistenceTest(right.Boolean);
        return right.Kind == ExpressionKind.String && bool.TryParse(right.Text, out bool wanted)
            ? new ExistenceTest(wanted)
            : throw new OperandException($"{right.KindInWords} stands where true, false, \"true\" or \"false\" is expected");
    }

    private static Factory Order(Func<int, bool> holds) => (right, _) =>
        right.IsNumber || right.Kind == ExpressionKind.String
            ? new OrderTest(right, holds)
            : throw new OperandException($"{right.KindInWords} stands where a number, date or other string is expected");

    private static string Text(ExpressionValue right, string expected) => right.Kind == ExpressionKind.String
        ? right.Text
        : throw new OperandException($"{right.KindInWords} stands where {expected} is expected");
}
