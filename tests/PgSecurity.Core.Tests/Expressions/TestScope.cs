using System;
using System.Collections.Generic;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Tests.Expressions;

/// <summary>A scope with parameters and a clock that stands still.</summary>
internal sealed class TestScope : IExpressionScope
{
    private readonly Dictionary<string, ExpressionValue> _parameters = new(StringComparer.OrdinalIgnoreCase);

    public DateTimeOffset? UtcNow { get; init; } = new DateTimeOffset(2026, 11, 24, 6, 30, 15, TimeSpan.Zero);

    public TestScope With(string name, ExpressionValue value)
    {
        _parameters[name] = value;
        return this;
    }

    public bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value)
    {
        value = default;
        return name.Equals("parameters", StringComparison.OrdinalIgnoreCase)
            && arguments.Length == 1
            && _parameters.TryGetValue(arguments[0].Text, out value);
    }
}
