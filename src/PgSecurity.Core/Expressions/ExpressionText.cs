using System;

namespace PgSecurity.Core.Expressions;

/// <summary>How an expression stands in a JSON string.</summary>
public static class ExpressionText
{
    /// <summary>Whether a string is an expression: <c>[…]</c>, but not <c>[[…]</c>, which is text that begins with a bracket.</summary>
    public static bool IsExpression(string text) =>
        text.Length >= 2 && text[0] == '[' && text[text.Length - 1] == ']' && text[1] != '[';

    /// <summary>The text that a string without an expression stands for: <c>[[a]</c> is <c>[a]</c>.</summary>
    public static string Unescape(string text) =>
        text.StartsWith("[[", StringComparison.Ordinal) && text[text.Length - 1] == ']' ? text.Substring(1) : text;

    /// <summary>A string that stands for the text and is not taken for an expression.</summary>
    public static string Escape(string text) =>
        text.Length > 1 && text[0] == '[' && text[text.Length - 1] == ']' ? "[" + text : text;
}
