using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>Inside a function that a template declares: <c>parameters</c> are its arguments; there are no variables.</summary>
internal sealed class FunctionScope(TemplateScope outer, JsonElement function, ExpressionValue[] arguments) : IExpressionScope
{
    public DateTimeOffset? UtcNow => null;

    public ExpressionValue Evaluate() =>
        ArmJson.TryGet(function, "output", out JsonElement output)
        && ArmJson.TryGet(output, "value", out JsonElement value)
            ? TemplateValues.EvaluateIn(value, this)
            : ExpressionValue.Unknown("a function of the template has no output that can be told");

    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> called, out ExpressionValue value)
    {
        if (!string.Equals(name, "parameters", StringComparison.OrdinalIgnoreCase)) return CallOutside(name, called, out value);

        value = ExpressionValue.Unknown("a function of the template names a parameter that it does not have");
        if (called.Length != 1 || called[0].Kind != ExpressionKind.String) return true;
        string wanted = called[0].Text;
        int index = Names().ToList().FindIndex(parameter => string.Equals(parameter, wanted, StringComparison.OrdinalIgnoreCase));
        if (index >= 0 && index < arguments.Length) value = arguments[index];
        return true;
    }

    /// <summary>Such a function may not call another one, so there is no recursion.</summary>
    private bool CallOutside(string name, ReadOnlySpan<ExpressionValue> called, out ExpressionValue value)
    {
        if (name.IndexOf(".", StringComparison.Ordinal) < 0) return outer.TryCall(name, called, out value);
        value = ExpressionValue.Unknown("a function of the template calls another one");
        return true;
    }

    private IEnumerable<string> Names() =>
        ArmJson.TryGet(function, "parameters", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Array
            ? parameters.EnumerateArray().Select(parameter => ArmJson.Text(parameter, "name") ?? "")
            : Enumerable.Empty<string>();
}
