using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Core.Reports.Html;

/// <summary>The page's style and script, with the hashes by which its content-security policy lets them in.</summary>
internal static class PageAssets
{
    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>The script.</summary>
    public static string Script { get; } = Read("report.js");

    /// <summary>
    /// Nothing is fetched, sent or framed; only this style and this script run; no text ever becomes markup (trusted types).
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static string Hash(string text)
    {
        using SHA256 hash = SHA256.Create();
        return "sha256-" + Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream("Reports/" + name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);

        // A browser reads CR LF as LF before it computes a hash.
        return string.Join("\n", reader.ReadToEnd().Split(new[] { "\r\n" }, StringSplitOptions.None));
    }
}
