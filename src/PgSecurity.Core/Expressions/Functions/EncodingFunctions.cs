using System;
using System.Text;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions of encodings and URIs.</summary>
internal static class EncodingFunctions
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static readonly ExpressionFunction[] All =
    [
        new("base64", 1, 1, static (a, _) =>
            StringFunctions.Limited(Convert.ToBase64String(Encoding.UTF8.GetBytes(a[0].Text)))),
        new("base64ToString", 1, 1, static (a, _) => ExpressionValue.From(Decode(a[0].Text))),
        new("base64ToJson", 1, 1, static (a, _) => ExpressionValue.From(JsonBuilder.Parse(Decode(a[0].Text)))),
        new("dataUri", 1, 1, static (a, _) => StringFunctions.Limited(
            "data:text/plain;charset=utf8;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(a[0].Text)))),
        new("dataUriToString", 1, 1, static (a, _) => ExpressionValue.From(DecodeDataUri(a[0].Text))),
        new("uri", 2, 2, static (a, _) => ExpressionValue.From(CombineUri(a[0].Text, a[1].Text))),
        new("uriComponent", 1, 1, static (a, _) => StringFunctions.Limited(Uri.EscapeDataString(a[0].Text))),
        new("uriComponentToString", 1, 1, static (a, _) => ExpressionValue.From(Uri.UnescapeDataString(a[0].Text))),
    ];

    private static string Decode(string base64) => Strict.GetString(Convert.FromBase64String(base64));

    private static string DecodeDataUri(string text)
    {
        int comma = text.IndexOf(",", StringComparison.Ordinal);
        if (comma < 0 || !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            throw new FunctionFailure("the text is not a data URI");
        }

        string content = text.Substring(comma + 1);
        return text.Substring(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? Decode(content)
            : Uri.UnescapeDataString(content);
    }

    /// <summary>
    /// As documented: after a trailing slash the relative part is appended; else it replaces what follows the last slash
    /// of the path; where the path has none, a slash is put between.
    /// </summary>
    private static string CombineUri(string address, string relative)
    {
        int scheme = address.IndexOf("//", StringComparison.Ordinal);
        int slash = address.LastIndexOf("/", StringComparison.Ordinal);
        string start = slash <= scheme + 1 ? address + "/" : address.Substring(0, slash + 1);
        string appended = relative.StartsWith("/", StringComparison.Ordinal) ? relative.Substring(1) : relative;
        return new Uri(start + appended, UriKind.RelativeOrAbsolute).ToString();
    }
}
