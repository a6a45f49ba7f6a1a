using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using PgSecurity.Core.Reports;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Writes findings as a report: a page, a table, or what another tool reads.</summary>
[Cmdlet(VerbsData.Export, "PgSecurityReport", SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportPgSecurityReportCommand : PgCmdlet
{
    private ReportFile? _file;
    private MemoryStream? _text;
    private ReportWriter? _report;
    private string _path = "";
    private ReportFormat _format;
    private bool _hasPassed;
    private bool _hasOther;

    /// <summary>The findings.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject[]? InputObject { get; set; }

    /// <summary>The file; without it the report is text in the pipeline.</summary>
    [Parameter(Position = 0)]
    public string? Path { get; set; }

    /// <summary>The format; by the file's name unless it is given.</summary>
    [Parameter(Position = 1)]
    public ReportFormat Format { get; set; }

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = ReportOptions.DefaultTitle;

    /// <summary>Earlier reports in the JSON format, for the trend; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] History { get; set; } = Array.Empty<string>();

    /// <summary>Whether a CSV file starts with a byte order mark.</summary>
    [Parameter]
    public SwitchParameter ByteOrderMark { get; set; }

    /// <summary>Whether a file that is there is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Whether the file is written to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _format = FormatOf();
        if (ByteOrderMark && _format != ReportFormat.Csv) ThrowTerminatingError(ErrorRecords.ByteOrderMarkOutsideCsv(_format));
        if (OpenOutput() is { } output) _report = ReportWriter.Create(_format, output, NewOptions());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject? item in InputObject ?? Array.Empty<PSObject>())
        {
            if (Stop.IsCancellationRequested) throw new PipelineStoppedException();
            if (item is null) continue;
            if (FindingObject.Read(item) is { } finding) Take(finding);
            else WriteError(ErrorRecords.NotAFinding(item));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_report is null) return;
        Warn();
        Writing(() =>
        {
            _report.Complete();
            _report.Dispose();
            _file?.Move();
        });
        if (_text is not null) WriteObject(Encoding.UTF8.GetString(_text.ToArray()).TrimEnd('\r', '\n'));
        else if (PassThru) WriteObject(new FileInfo(_path));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A report that broke off is thrown away; what its buffers still hold has no place to go.
            try
            {
                _report?.Dispose();
            }
            catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
            {
                WriteDebug(failure.Message);
            }

            _file?.Dispose();
            _text?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(Finding finding)
    {
        _hasPassed |= finding.Outcome == Outcome.Pass;
        _hasOther |= finding.Outcome is Outcome.Fail or Outcome.Unknown;
        if (_report is not null) Writing(() => _report.Write(finding));
    }

    private ReportFormat FormatOf()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Format))) return Format;
        if (Path is { Length: > 0 } && ReportFormats.Of(Path) is { } format) return format;
        ThrowTerminatingError(ErrorRecords.ReportFormatUnknown(Path));
        return default;
    }

    /// <summary>What the report goes to; null where it is not to be written.</summary>
    private Stream? OpenOutput()
    {
        if (string.IsNullOrEmpty(Path)) return _text = new MemoryStream();
        if (FilePaths.ResolveLiteral(this, Path!) is not { Count: 1 } files) return null;
        _path = files[0];
        if (File.Exists(_path) && !Force) ThrowTerminatingError(ErrorRecords.ReportExists(_path));
        if (!ShouldProcess(_path, $"{(File.Exists(_path) ? "Replace with" : "Write")} {_format} report")) return null;
        Writing(() => _file = new ReportFile(_path));
        return _file!.Stream;
    }

    private ReportOptions NewOptions() => new()
    {
        Title = Title,
        GeneratedAt = DateTimeOffset.UtcNow,
        ToolVersion = MyInvocation.MyCommand.Module?.Version?.ToString() ?? typeof(ReportWriter).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
        Controls = RunspaceState.Current.Library.Catalog.Controls,
        History = ReadHistory(),
        SourceRoot = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        HasByteOrderMark = ByteOrderMark,
    };

    private IReadOnlyList<ScorePoint> ReadHistory()
    {
        List<ScorePoint> points = new();
        foreach (string file in FilePaths.Resolve(this, History))
        {
            try
            {
                if (ScoreHistory.Read(file) is { } point) points.Add(point);
                else WriteVerbose($"{file} has no score: its findings left out what passed.");
            }
            catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
            {
                WriteError(ErrorRecords.HistoryUnreadable(file, failure));
            }
        }

        return points;
    }

    private void Warn()
    {
        if (_report!.Count == 0)
        {
            WriteWarning("No finding came in: the report is empty, which does not mean that everything passed. Get-PgSecurityFinding leaves out what passed unless -IncludePassed is given.");
        }
        else if (!_hasPassed && _hasOther && _format is not (ReportFormat.Csv or ReportFormat.Sarif))
        {
            WriteWarning("The findings leave out what passed, so the report has no score. Use Get-PgSecurityFinding -IncludePassed -IncludeNotApplicable.");
        }
    }

    private void Writing(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.ReportUnwritable(_path, failure));
        }
    }
}
