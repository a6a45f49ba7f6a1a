using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>
/// A condition of the policy language by itself, such as a control's <c>appliesTo</c>. Any number of threads may evaluate it.
/// </summary>
public sealed class CompiledCondition
{
    private readonly Condition _condition;
    private readonly IReadOnlyList<CountFrame> _frames;
    private readonly string[]? _names;
    private EvaluationContext? _resting;

    private CompiledCondition(Condition condition, RuleSubject subject)
    {
        _condition = condition;
        _names = condition.RequiredNames;
        _frames = subject.Frames;
        AliasTypes = subject.AliasTypes.ToArray();
    }

    /// <summary>The resource types whose aliases it reads.</summary>
    public IReadOnlyList<string> AliasTypes { get; }

    /// <summary>Compiles a condition.</summary>
    /// <param name="condition">The JSON object; it must outlive the condition.</param>
    /// <param name="source">The file or other origin, for errors.</param>
    /// <param name="pointer">Where in it the condition is, as a JSON pointer.</param>
    /// <param name="parameters">The parameters that it may use, as the definition around it declares them.</param>
    /// <param name="parameterValues">Their values; those that are not given have their defaults.</param>
    /// <exception cref="PolicyLoadException">It is not a condition, or a parameter's value does not fit.</exception>
    public static CompiledCondition Compile(
        JsonElement condition,
        string source,
        string pointer = "",
        IReadOnlyList<PolicyParameter>? parameters = null,
        IReadOnlyDictionary<string, JsonElement>? parameterValues = null)
    {
        IReadOnlyList<PolicyParameter> declared = parameters ?? Array.Empty<PolicyParameter>();
        Dictionary<string, ExpressionValue> values = ParameterReader.Values(source, declared, parameterValues);
        RuleSubject subject = new(declared.Select(parameter => parameter.Name).ToArray(), values, [], isTrial: false);
        DefinitionPlace place = new(source, pointer, condition);
        DuplicateMembers.Refuse(place);
        return new CompiledCondition(new ConditionCompiler(subject).Compile(place), subject);
    }

    /// <summary>Those resources of a facet that can meet it.</summary>
    internal IReadOnlyList<Resource> Candidates(Facet facet) => _names is null ? facet.Resources : facet.Named(_names);

    /// <summary>Whether a resource of a posture meets it.</summary>
    public Truth Evaluate(Resource resource, Posture posture)
    {
        EvaluationContext context = Interlocked.Exchange(ref _resting, null) ?? new EvaluationContext(_frames, null);
        try
        {
            context.Enter(posture, resource);
            return _condition.Evaluate(context);
        }
        finally
        {
            context.Leave();
            _resting = context;
        }
    }

    /// <summary>Whether a resource of a posture meets it, and why.</summary>
    public ConditionExplanation Explain(Resource resource, Posture posture)
    {
        EvaluationContext context = new(_frames, null);
        context.Enter(posture, resource);
        Truth verdict = _condition.Evaluate(context);
        ExplanationBuilder into = new() { IsPassing = verdict == Truth.True };
        _condition.Explain(context, verdict, into);
        return new ConditionExplanation(verdict, into.Evidence, into.Reasons);
    }
}
