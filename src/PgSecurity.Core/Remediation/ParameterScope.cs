using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Remediation;

/// <summary>The scope of expressions in a remediation: the control's parameters, and nothing else.</summary>
internal sealed class ParameterScope : IExpressionScope
{
    private readonly IReadOnlyDictionary<string, JsonElement> _parameters;

    public ParameterScope(IReadOnlyDictionary<string, JsonElement> parameters) => _parameters = parameters;

    public DateTimeOffset? UtcNow => null;

    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value)
    {
        value = ExpressionValue.Null;
        if (!string.Equals(name, "parameters", StringComparison.OrdinalIgnoreCase)) return false;

        value = arguments.Length == 1 && arguments[0].Kind == ExpressionKind.String
            && _parameters.TryGetValue(arguments[0].Text, out JsonElement known)
                ? ExpressionValue.From(known)
                : ExpressionValue.Unknown("the control has no such parameter");
        return true;
    }
}
