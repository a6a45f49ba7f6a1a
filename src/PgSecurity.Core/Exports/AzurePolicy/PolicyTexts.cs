using System;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>Texts within the lengths that Azure Policy takes.</summary>
internal static class PolicyTexts
{
    private const int LongestTitle = 128;
    private const int LongestDescription = 512;

    /// <summary>A display name, at most 128 characters.</summary>
    public static string Title(string text) => Cut(text, LongestTitle);

    /// <summary>A description, at most 512 characters; cut after a sentence where it must be cut.</summary>
    public static string Description(string text)
    {
        if (text.Length <= LongestDescription) return text;
        int end = text.LastIndexOf(". ", LongestDescription - 1, StringComparison.Ordinal);
        return end > 0 ? text.Substring(0, end + 1) : Cut(text, LongestDescription);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length - 1) + "…";
}
