using System;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// Where an expression is evaluated: what the functions that are not pure answer there, such as <c>parameters</c>,
/// <c>variables</c>, <c>field</c>, <c>resourceId</c>, <c>reference</c> or <c>subscription</c>.
/// </summary>
public interface IExpressionScope
{
    /// <summary>The time that <c>utcNow</c> gives; null where it is not known.</summary>
    DateTimeOffset? UtcNow { get; }

    /// <summary>
    /// Answers a function. It is asked for every function that <see cref="StandardFunctions"/> does not have (names in
    /// <see cref="ScopeFunctions"/>, <c>list…</c>, and <c>namespace.name</c> of a user's own functions), and first for
    /// <c>utcNow</c> and <c>newGuid</c>. What cannot be known is <see cref="ExpressionValue.Unknown"/> with the reason.
    /// </summary>
    /// <param name="name">The function's name as it is written; compare without regard to case.</param>
    /// <param name="arguments">The arguments; any of them may be unknown.</param>
    /// <param name="value">The answer.</param>
    /// <returns>False where the scope does not have the function: the call is then unknown, saying so.</returns>
    bool TryCall(string name, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue value);
}
