using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;

namespace PgSecurity.Core.Reports;

/// <summary>
/// Writes findings as a report, UTF-8, as they come where the format allows. Call <see cref="Write"/> for each, then
/// <see cref="Complete"/> once; a report that is not completed is not valid. Not for several threads at once.
/// </summary>
public abstract class ReportWriter : IDisposable
{
    private readonly ScoreBoard _board = new();
    private readonly Dictionary<string, ControlDefinition> _controls;
    private bool _isComplete;

    private protected ReportWriter(ReportOptions options)
    {
        Options = options;
        _controls = options.Controls
            .GroupBy(control => control.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>How many findings were written.</summary>
    public int Count { get; private set; }

    private protected ReportOptions Options { get; }

    /// <summary>Makes the writer of a format. The stream is written to and left open.</summary>
    public static ReportWriter Create(ReportFormat format, Stream output, ReportOptions? options = null)
    {
        options ??= new ReportOptions();
        return format switch
        {
            ReportFormat.Html => new Html.HtmlReport(output, options),
            ReportFormat.Markdown => new MarkdownReport(output, options),
            ReportFormat.Csv => new CsvReport(output, options),
            ReportFormat.Json => new JsonReport(output, options),
            ReportFormat.Sarif => new SarifReport(output, options),
            ReportFormat.JUnit => new JUnitReport(output, options),
            ReportFormat.Oscal => new OscalReport(output, options),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };
    }

    /// <summary>Adds a finding. A secret in its text is taken out.</summary>
    public void Write(Finding finding)
    {
        if (_isComplete) throw new InvalidOperationException("The report is complete: nothing can be added.");
        Finding safe = FindingSecrets.TakeOut(finding);
        _board.Add(safe);
        Count++;
        Add(safe);
    }

    /// <summary>Writes what comes after the findings.</summary>
    public void Complete()
    {
        if (_isComplete) return;
        _isComplete = true;
        Finish(ReportScores.Of(_board));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a finding.</summary>
    private protected abstract void Add(Finding finding);

    /// <summary>Writes the end.</summary>
    private protected abstract void Finish(ReportScores scores);

    /// <summary>Lets go of buffers.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>The control of a finding, where it is known.</summary>
    private protected ControlDefinition? ControlOf(string id) =>
        _controls.TryGetValue(id, out ControlDefinition? control) ? control : null;
}
