using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>What the expressions of one deployment share: its parameters, variables and functions, evaluated when asked for.</summary>
internal sealed class DeploymentState
{
    private readonly JsonElement _parameters;
    private readonly JsonElement _variables;
    private readonly IReadOnlyDictionary<string, TwoWayValue> _given;
    private readonly Dictionary<string, TwoWayValue> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ExpressionValue> _variableValues = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _nullByDefault;

    public DeploymentState(
        JsonElement template, IReadOnlyDictionary<string, TwoWayValue> given, DeploymentPlace place, string name, CopyBudget budget)
    {
        Budget = budget;
        ArmJson.TryGet(template, "parameters", out _parameters);
        ArmJson.TryGet(template, "variables", out _variables);
        ArmJson.TryGet(template, "functions", out JsonElement functions);
        Functions = functions;
        _given = given;
        Place = place;
        Name = name;
        _nullByDefault = ArmJson.Text(template, "languageVersion") is not null;
    }

    public DeploymentPlace Place { get; }

    /// <summary>What is left for loops; shared with the templates around and inside.</summary>
    public CopyBudget Budget { get; }

    /// <summary>The deployment's name.</summary>
    public string Name { get; }

    /// <summary>The template's own functions.</summary>
    public JsonElement Functions { get; }

    public ExpressionValue Parameter(string name, TemplateScope scope)
    {
        if (!_known.TryGetValue(name, out TwoWayValue value))
        {
            value = Guarded("parameter " + name, name, scope, ReadParameter);
            _known[name] = value;
        }

        return scope.InNames ? value.InNames : value.Value;
    }

    public ExpressionValue Variable(string name, TemplateScope scope)
    {
        string key = (scope.InNames ? "names " : "values ") + name;
        if (_variableValues.TryGetValue(key, out ExpressionValue known)) return known;

        TwoWayValue value = Guarded(key, name, scope, ReadVariable);
        _variableValues[key] = scope.InNames ? value.InNames : value.Value;
        return _variableValues[key];
    }

    private TwoWayValue Guarded(string key, string name, TemplateScope scope, Func<string, TemplateScope, TwoWayValue> read)
    {
        if (!_open.Add(key)) return new TwoWayValue(ExpressionValue.Unknown($"'{name}' refers to itself"));
        try
        {
            return read(name, scope);
        }
        finally
        {
            _open.Remove(key);
        }
    }

    private TwoWayValue ReadParameter(string name, TemplateScope scope)
    {
        if (!ArmJson.TryGet(_parameters, name, out JsonElement declared))
        {
            return new TwoWayValue(ExpressionValue.Unknown($"the template has no parameter '{name}'"));
        }

        // A secret has no place in a posture, wherever its value comes from.
        bool secure = ArmJson.Text(declared, "type")?.StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true;
        if (secure) return TwoWayValue.Nameless(name, $"the parameter '{name}' is secret");
        if (_given.TryGetValue(name, out TwoWayValue given)) return given.NamedFor(name);
        if (ArmJson.TryGet(declared, "defaultValue", out JsonElement value))
        {
            TemplateScope plain = scope.WithoutIndex();
            return new TwoWayValue(
                TemplateValues.Evaluate(value, plain.ForValues()), TemplateValues.Evaluate(value, plain.ForNames())).NamedFor(name);
        }

        bool nullable = _nullByDefault
            && ArmJson.TryGet(declared, "nullable", out JsonElement isNullable)
            && isNullable.ValueKind == JsonValueKind.True;
        return nullable
            ? new TwoWayValue(ExpressionValue.Null)
            : TwoWayValue.Nameless(name, $"the parameter '{name}' has no value");
    }

    private TwoWayValue ReadVariable(string name, TemplateScope scope)
    {
        TemplateScope plain = scope.WithoutIndex();
        if (ArmJson.TryGet(_variables, name, out JsonElement value)) return new TwoWayValue(TemplateValues.Evaluate(value, plain));
        if (ArmJson.TryGet(_variables, "copy", out JsonElement loops) && loops.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement loop in loops.EnumerateArray())
            {
                if (string.Equals(ArmJson.Text(loop, "name"), name, StringComparison.OrdinalIgnoreCase))
                {
                    return new TwoWayValue(TemplateValues.Loop(loop, plain));
                }
            }
        }

        return new TwoWayValue(ExpressionValue.Unknown($"the template has no variable '{name}'"));
    }
}
