using System;
using System.Globalization;
using System.Management.Automation;

namespace PgSecurity.Pipeline;

/// <summary>
/// Findings as they come back: from the pipeline, from Import-Clixml, or from Import-Csv, where every property is text.
/// Only what a score needs is read.
/// </summary>
internal static class FindingObject
{
    /// <summary>The finding that an object is or was; null where it is none.</summary>
    public static Finding? Read(PSObject item)
    {
        if (item.BaseObject is Finding finding) return finding;
        if (TextOf(item, nameof(Finding.ControlId)) is not { } controlId
            || TextOf(item, nameof(Finding.ResourceId)) is not { } resourceId
            || !TryParse(TextOf(item, nameof(Finding.Outcome)), out Outcome outcome)
            || !TryParse(TextOf(item, nameof(Finding.Severity)), out Severity severity))
        {
            return null;
        }

        return new Finding
        {
            ResourceId = resourceId,
            ServerName = TextOf(item, nameof(Finding.ServerName)) ?? "",
            ResourceGroupName = TextOf(item, nameof(Finding.ResourceGroupName)) ?? "",
            SubscriptionId = TextOf(item, nameof(Finding.SubscriptionId)) ?? "",
            ControlId = controlId,
            Section = TextOf(item, nameof(Finding.Section)) ?? "",
            Title = TextOf(item, nameof(Finding.Title)) ?? "",
            Severity = severity,
            Outcome = outcome,
        };
    }

    private static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(typeof(T), value);

    private static string? TextOf(PSObject item, string property) =>
        Convert.ToString(item.Properties[property]?.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
