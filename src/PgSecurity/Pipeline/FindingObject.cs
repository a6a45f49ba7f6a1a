using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace PgSecurity.Pipeline;

/// <summary>
/// Findings as they come back: from the pipeline, from Import-Clixml, from a JSON report, or from Import-Csv, where every
/// property is text. Evidence and benchmarks are read where they are objects still.
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
            ServerName = Text(item, nameof(Finding.ServerName)),
            ResourceGroupName = Text(item, nameof(Finding.ResourceGroupName)),
            SubscriptionId = Text(item, nameof(Finding.SubscriptionId)),
            ControlId = controlId,
            Section = Text(item, nameof(Finding.Section)),
            Title = Text(item, nameof(Finding.Title)),
            Severity = severity,
            Outcome = outcome,
            Reason = Text(item, nameof(Finding.Reason)),
            Observed = Text(item, nameof(Finding.Observed)),
            Expected = Text(item, nameof(Finding.Expected)),
            Recommendation = Text(item, nameof(Finding.Recommendation)),
            IsRemediable = bool.TryParse(Text(item, nameof(Finding.IsRemediable)), out bool isRemediable) && isRemediable,
            Evidence = Objects(item, nameof(Finding.Evidence)).Select(EvidenceOf).ToArray(),
            Benchmarks = Objects(item, nameof(Finding.Benchmarks)).Select(BenchmarkOf).ToArray(),
            Exemption = TextOf(item, nameof(Finding.Exemption)),
            Source = Text(item, nameof(Finding.Source)),
            EvaluatedAt = TimeOf(item),
        };
    }

    private static Evidence EvidenceOf(PSObject item) => new(
        Text(item, nameof(Evidence.ResourceId)), Text(item, nameof(Evidence.Field)), Text(item, nameof(Evidence.Observed)), Text(item, nameof(Evidence.Expected)));

    private static BenchmarkReference BenchmarkOf(PSObject item) => new(
        Text(item, nameof(BenchmarkReference.Benchmark)),
        Text(item, nameof(BenchmarkReference.Version)),
        Text(item, nameof(BenchmarkReference.Number)),
        bool.TryParse(Text(item, nameof(BenchmarkReference.IsOfficial)), out bool isOfficial) && isOfficial);

    /// <summary>The objects in a list; none where it became text.</summary>
    private static IEnumerable<PSObject> Objects(PSObject item, string property)
    {
        object? value = item.Properties[property]?.Value;
        if (value is PSObject wrapped) value = wrapped.BaseObject;
        return value is IEnumerable list and not string
            ? list.Cast<object?>().Where(piece => piece is not (null or string)).Select(piece => PSObject.AsPSObject(piece))
            : Enumerable.Empty<PSObject>();
    }

    private static DateTimeOffset TimeOf(PSObject item)
    {
        object? value = item.Properties[nameof(Finding.EvaluatedAt)]?.Value;
        if (value is PSObject wrapped) value = wrapped.BaseObject;
        return value switch
        {
            DateTimeOffset time => time,
            DateTime { Kind: DateTimeKind.Unspecified } time => new DateTimeOffset(time, TimeSpan.Zero),
            DateTime time => new DateTimeOffset(time.ToUniversalTime(), TimeSpan.Zero),
            string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) => time,
            _ => default,
        };
    }

    private static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(typeof(T), value);

    private static string Text(PSObject item, string property) => TextOf(item, property) ?? "";

    private static string? TextOf(PSObject item, string property) =>
        Convert.ToString(item.Properties[property]?.Value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}
