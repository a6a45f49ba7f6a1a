using System;
using System.Collections.Generic;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Reports;

/// <summary>What a report says beside its findings.</summary>
public sealed class ReportOptions
{
    /// <summary>The title that a report has unless it is given one.</summary>
    public const string DefaultTitle = "PostgreSQL security report";

    /// <summary>The report's title.</summary>
    public string Title { get; init; } = DefaultTitle;

    /// <summary>When the report is made.</summary>
    public DateTimeOffset GeneratedAt { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The version of PgSecurity.</summary>
    public string ToolVersion { get; init; } = "0.0.0";

    /// <summary>
    /// The controls, for what findings do not carry: why a control matters and where to read on. A finding whose control
    /// is not among them is reported all the same.
    /// </summary>
    public IEnumerable<ControlDefinition> Controls { get; init; } = Array.Empty<ControlDefinition>();

    /// <summary>Scores of earlier reports, for the trend; in any order.</summary>
    public IReadOnlyList<ScorePoint> History { get; init; } = Array.Empty<ScorePoint>();

    /// <summary>
    /// The folder that paths of files are told from, as a repository's root; empty for paths as they are.
    /// </summary>
    public string SourceRoot { get; init; } = "";

    /// <summary>Whether a CSV file starts with a byte order mark, which Excel needs to read it as UTF-8.</summary>
    public bool HasByteOrderMark { get; init; }
}
