using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions of text. Those of text and arrays alike are in <see cref="CollectionFunctions"/>.</summary>
internal static class StringFunctions
{
    /// <summary>No function makes a longer text (Azure Policy's own limit), so that no expression can exhaust memory.</summary>
    public const int MaximumLength = 131072;

    public static readonly ExpressionFunction[] All =
    [
        new("toLower", 1, 1, static (a, _) => ExpressionValue.From(a[0].Text.ToLowerInvariant())),
        new("toUpper", 1, 1, static (a, _) => ExpressionValue.From(a[0].Text.ToUpperInvariant())),
        new("trim", 1, 1, static (a, _) => ExpressionValue.From(a[0].Text.Trim())),
        new("string", 1, 1, static (a, _) => ExpressionValue.From(ToText(a[0]))),
        new("replace", 3, 3, static (a, _) => Replace(a[0].Text, a[1].Text, a[2].Text)),
        new("split", 2, 2, static (a, _) => Split(a[0].Text, a[1])),
        new("join", 2, 2, static (a, _) => Limited(string.Join(a[1].Text, Elements.Of(a[0]).Select(ToText)))),
        new("substring", 2, 3, static (a, _) => Substring(a)),
        new("startsWith", 2, 2, static (a, _) =>
            ExpressionValue.From(a[0].Text.StartsWith(a[1].Text, StringComparison.OrdinalIgnoreCase))),
        new("endsWith", 2, 2, static (a, _) =>
            ExpressionValue.From(a[0].Text.EndsWith(a[1].Text, StringComparison.OrdinalIgnoreCase))),
        new("padLeft", 2, 3, static (a, _) => PadLeft(a)),
        new("format", 1, int.MaxValue, static (a, _) => Format(a)),
    ];

    /// <summary>What <c>string()</c> gives: text as it is, booleans as <c>True</c>, arrays and objects as JSON.</summary>
    public static string ToText(ExpressionValue value) => value.Kind switch
    {
        ExpressionKind.String => value.Text,
        ExpressionKind.Null => "",
        ExpressionKind.Boolean => value.Boolean ? "True" : "False",
        ExpressionKind.Integer or ExpressionKind.Float => value.ToString(),
        ExpressionKind.Unknown => throw new FunctionFailure(value.Reason),
        _ => CompactJson(value),
    };

    /// <summary>A text, where it is not longer than any may be.</summary>
    public static ExpressionValue Limited(string text) => text.Length <= MaximumLength
        ? ExpressionValue.From(text)
        : throw new FunctionFailure($"the result is longer than {MaximumLength} characters");

    private static string CompactJson(ExpressionValue value) => value.Json.GetRawText() is var raw
        && raw.IndexOfAny([' ', '\n', '\r', '\t']) < 0
        ? raw
        : System.Text.Json.JsonSerializer.Serialize(
            value.Json,
            new System.Text.Json.JsonSerializerOptions
            {
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            });

    private static ExpressionValue Replace(string text, string old, string replacement)
    {
        if (old.Length == 0) throw new FunctionFailure("the text to replace is empty");
        if (replacement.Length > old.Length
            && (text.Length / (long)old.Length * replacement.Length) + text.Length > MaximumLength * 64L)
        {
            throw new FunctionFailure($"the result is longer than {MaximumLength} characters");
        }

        return Limited(new StringBuilder(text).Replace(old, replacement).ToString());
    }

    private static ExpressionValue Split(string text, ExpressionValue delimiter)
    {
        string[] delimiters = delimiter.Kind == ExpressionKind.Array
            ? Elements.Of(delimiter).Select(item => item.Text).ToArray()
            : [delimiter.Text];
        return Elements.ToArray(text.Split(delimiters, StringSplitOptions.None).Select(ExpressionValue.From));
    }

    private static ExpressionValue Substring(ReadOnlySpan<ExpressionValue> arguments)
    {
        string text = arguments[0].Text;
        long start = arguments[1].Integer;
        if (start < 0 || start > text.Length) throw new FunctionFailure("the start is outside the text");

        long length = arguments.Length > 2 ? arguments[2].Integer : text.Length - start;
        return length >= 0 && length <= text.Length - start
            ? ExpressionValue.From(text.Substring((int)start, (int)length))
            : throw new FunctionFailure("start and length reach beyond the text");
    }

    private static ExpressionValue PadLeft(ReadOnlySpan<ExpressionValue> arguments)
    {
        string text = arguments[0].Kind == ExpressionKind.Integer ? ToText(arguments[0]) : arguments[0].Text;
        long length = arguments[1].Integer;
        string padding = arguments.Length > 2 ? arguments[2].Text : " ";
        if (padding.Length != 1) throw new FunctionFailure("the padding is not one character");
        if (length is < 0 or > MaximumLength) throw new FunctionFailure($"the length is not between 0 and {MaximumLength}");
        return ExpressionValue.From(text.PadLeft((int)length, padding[0]));
    }

    private static ExpressionValue Format(ReadOnlySpan<ExpressionValue> arguments)
    {
        string pattern = arguments[0].Text;
        RefuseWidePlaces(pattern);
        List<object> values = new();
        for (int i = 1; i < arguments.Length; i++)
        {
            values.Add(arguments[i].Kind switch
            {
                ExpressionKind.Integer => arguments[i].Integer,
                ExpressionKind.Float => arguments[i].Number,
                _ => (object)ToText(arguments[i]),
            });
        }

        return Limited(string.Format(CultureInfo.InvariantCulture, pattern, values.ToArray()));
    }

    /// <summary>A place such as <c>{0,1000000000}</c> would fill memory before its length could be seen.</summary>
    private static void RefuseWidePlaces(string pattern)
    {
        int digits = 0;
        bool inside = false;
        foreach (char c in pattern)
        {
            if (c == '{') inside = true;
            if (c == '}') inside = false;
            digits = inside && c is >= '0' and <= '9' ? digits + 1 : 0;
            if (digits > 3) throw new FunctionFailure("a place of the pattern is wider than 999");
        }
    }
}
