using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Controls;

/// <summary>Which controls are wanted. A filter that is left empty lets everything pass.</summary>
public sealed class ControlSelection
{
    /// <summary>Every control.</summary>
    public static ControlSelection All { get; } = new();

    /// <summary>Ids, with wildcards.</summary>
    public IReadOnlyList<string> Ids { get; init; } = Array.Empty<string>();

    /// <summary>Sections, with wildcards.</summary>
    public IReadOnlyList<string> Sections { get; init; } = Array.Empty<string>();

    /// <summary>The least severity, null for any.</summary>
    public Severity? MinimumSeverity { get; init; }

    /// <summary>The severities wanted.</summary>
    public IReadOnlyCollection<Severity> Severities { get; init; } = Array.Empty<Severity>();

    /// <summary>Profiles, of which one must have the control.</summary>
    public IReadOnlyList<Profile> Profiles { get; init; } = Array.Empty<Profile>();

    /// <summary>
    /// Benchmarks with wildcards: a name, name and version, or name, version and number, such as
    /// <c>CIS Azure Database Services</c>, <c>CIS Azure Database Services 2.0.0</c>, <c>CIS * 6.1?</c>.
    /// </summary>
    public IReadOnlyList<string> Benchmarks { get; init; } = Array.Empty<string>();

    /// <summary>Whether a control is wanted.</summary>
    /// <param name="control">The control.</param>
    /// <param name="severity">Its severity in force.</param>
    public bool Includes(ControlDefinition control, Severity severity) =>
        AnyMatches(Ids, control.Id)
        && AnyMatches(Sections, control.Section)
        && (MinimumSeverity is not Severity least || severity >= least)
        && (Severities.Count == 0 || Severities.Contains(severity))
        && (Profiles.Count == 0 || Profiles.Any(profile => profile.Includes(control)))
        && (Benchmarks.Count == 0 || Benchmarks.Any(pattern => Answers(control, pattern)));

    internal static bool Answers(ControlDefinition control, string pattern) =>
        control.Benchmarks.Any(reference =>
            Wildcard.Matches(reference.Benchmark, pattern)
            || Wildcard.Matches($"{reference.Benchmark} {reference.Version}", pattern)
            || Wildcard.Matches($"{reference.Benchmark} {reference.Version} {reference.Number}", pattern)
            || Wildcard.Matches($"{reference.Benchmark} {reference.Number}", pattern));

    private static bool AnyMatches(IReadOnlyList<string> patterns, string text) =>
        patterns.Count == 0 || patterns.Any(pattern => Wildcard.Matches(text, pattern));
}
