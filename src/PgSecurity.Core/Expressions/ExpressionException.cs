using System;

namespace PgSecurity.Core.Expressions;

/// <summary>A text that is not an expression of the template language, with the place where it stops being one.</summary>
public sealed class ExpressionException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong and what would be valid.</param>
    /// <param name="position">The place in the text, counted from 0.</param>
    public ExpressionException(string message, int position)
        : base(message) =>
        Position = position;

    /// <summary>The place in the text, counted from 0.</summary>
    public int Position { get; }
}
