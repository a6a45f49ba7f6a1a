using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Binds an expression of a rule to where it stands: parameters become their values, <c>field</c> and <c>current</c>
/// become paths, and what depends on nothing is computed once.
/// </summary>
internal sealed class ExpressionBinder(RuleSubject subject, IReadOnlyList<CountScope> scopes, DefinitionPlace place)
{
    /// <summary>The deepest nesting of functions that Azure Policy takes.</summary>
    private const int MaximumDepth = 64;

    public ExpressionNode Bind(ExpressionNode node, int depth = 0)
    {
        if (depth > MaximumDepth) throw place.Wrong($"functions are nested deeper than {MaximumDepth} levels");
        return node switch
        {
            FunctionCallNode call => BindCall(call, depth),
            MemberNode member => Fold(member.With(Bind(member.Container, depth + 1), Bind(member.Member, depth + 1))),
            LambdaNode => throw place.Wrong("the function 'lambda' is not allowed in a policy rule"),
            _ => node,
        };
    }

    private ExpressionNode BindCall(FunctionCallNode call, int depth)
    {
        if (RuleFunctions.WhyNot(call) is { } problem) throw At(call, problem);

        ExpressionNode[] arguments = call.Children.Select(child => Bind(child, depth + 1)).ToArray();
        switch (call.Name.ToLowerInvariant())
        {
            case "parameters":
                return BindParameter(call, arguments[0]);
            case "field":
                return arguments[0] is LiteralNode { Value.Kind: ExpressionKind.String } name
                    ? new FieldNode(subject.Field(name.Value.Text, place).Bind(scopes), call.Position)
                    : call.With(arguments);
            case "current":
                return BindCurrent(call, arguments);
            case "if" when arguments[0] is LiteralNode { Value.Kind: ExpressionKind.Boolean } condition:
                return arguments[condition.Value.Boolean ? 1 : 2];
            default:
                FunctionCallNode bound = call.With(arguments);
                return call.IsPure ? Fold(bound) : bound;
        }
    }

    private LiteralNode BindParameter(FunctionCallNode call, ExpressionNode argument)
    {
        if (argument is not LiteralNode { Value.Kind: ExpressionKind.String } name)
        {
            throw At(call, "the name of a parameter is not a string that stands there");
        }

        return new LiteralNode(subject.Parameter(name.Value.Text, place), call.Position);
    }

    private CurrentNode BindCurrent(FunctionCallNode call, ExpressionNode[] arguments)
    {
        if (scopes.Count == 0) throw At(call, "current() stands outside the 'where' of a count");
        CountScope innermost = scopes[scopes.Count - 1];
        if (arguments.Length == 0)
        {
            return scopes.Count == 1
                ? Current(call, innermost)
                : throw At(call, "current() needs a name inside a count that is inside another; valid are " + ScopeNames());
        }

        if (arguments[0] is not LiteralNode { Value.Kind: ExpressionKind.String } literal)
        {
            throw At(call, "the argument of current() is not a string that stands there");
        }

        string name = literal.Value.Text;
        for (int i = scopes.Count - 1; i >= 0; i--)
        {
            if (string.Equals(scopes[i].Name, name, StringComparison.OrdinalIgnoreCase)) return Current(call, scopes[i]);
        }

        if (Field.TryParse(name, out Field? field, out _) && field!.Bind(scopes) is { FrameIndex: >= 0 } bound)
        {
            return new CurrentNode(bound.FrameIndex, bound, call.Position);
        }

        throw At(call, $"there is no count of '{name}' around; valid are {ScopeNames()}, and what is in the members of an alias");
    }

    private CurrentNode Current(FunctionCallNode call, CountScope scope) =>
        new(scope.FrameIndex, scope.Field?.Bind(scopes), call.Position);

    private string ScopeNames() => string.Join(", ", scopes.Select(scope => $"'{scope.Name}'"));

    /// <summary>The value, where nothing that only an evaluation knows is in it. One that fails is left to fail there.</summary>
    private static ExpressionNode Fold(ExpressionNode node)
    {
        foreach (ExpressionNode child in node.Children)
        {
            if (child is not LiteralNode) return node;
        }

        ExpressionValue value = node.Evaluate(EmptyScope.Instance);
        return value.IsUnknown ? node : new LiteralNode(value, node.Position);
    }

    private PolicyLoadException At(FunctionCallNode call, string problem) =>
        place.Wrong($"{problem} (position {call.Position.ToString(System.Globalization.CultureInfo.InvariantCulture)} of the expression)");
}
