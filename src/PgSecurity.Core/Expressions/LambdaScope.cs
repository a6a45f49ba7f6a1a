using System;

namespace PgSecurity.Core.Expressions;

/// <summary>The scope inside a lambda: its arguments, then whatever is around it.</summary>
internal sealed class LambdaScope(IExpressionScope outer, LambdaNode lambda, ExpressionValue[] arguments) : IExpressionScope
{
    public DateTimeOffset? UtcNow => outer.UtcNow;

    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> called, out ExpressionValue value)
    {
        if (string.Equals(name, "lambdaVariables", StringComparison.OrdinalIgnoreCase)
            && called.Length == 1
            && called[0].Kind == ExpressionKind.String)
        {
            string wanted = called[0].Text;
            for (int i = 0; i < lambda.Names.Count && i < arguments.Length; i++)
            {
                if (!string.Equals(lambda.Names[i], wanted, StringComparison.OrdinalIgnoreCase)) continue;
                value = arguments[i];
                return true;
            }
        }

        return outer.TryCall(name, called, out value);
    }
}
