using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation;

/// <summary>The scope of expressions in a remediation: the control's parameters, and the fields of the server.</summary>
internal sealed class StepScope : IExpressionScope
{
    private readonly IReadOnlyDictionary<string, JsonElement> _parameters;
    private readonly Resource? _server;

    public StepScope(IReadOnlyDictionary<string, JsonElement> parameters, Resource? server)
    {
        _parameters = parameters;
        _server = server;
    }

    public DateTimeOffset? UtcNow => null;

    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value)
    {
        value = ExpressionValue.Null;
        string argument = arguments.Length == 1 && arguments[0].Kind == ExpressionKind.String ? arguments[0].Text : "";
        if (string.Equals(name, "parameters", StringComparison.OrdinalIgnoreCase))
        {
            value = _parameters.TryGetValue(argument, out JsonElement known)
                ? ExpressionValue.From(known)
                : ExpressionValue.Unknown("the control has no such parameter");
            return true;
        }

        if (!string.Equals(name, "field", StringComparison.OrdinalIgnoreCase)) return false;
        value = _server is null ? ExpressionValue.Unknown("there is no server here whose field could be read")
            : Field.TryParse(argument, out Field? field, out string error) ? field!.Of(_server)
            : ExpressionValue.Unknown(error);
        return true;
    }
}
