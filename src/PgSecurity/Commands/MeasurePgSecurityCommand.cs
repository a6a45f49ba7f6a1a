using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Core.Findings;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Adds findings up to scores of the estate, of its sections and of its servers.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "PgSecurity", DefaultParameterSetName = ScopeSet)]
[OutputType(typeof(SecurityScore), typeof(ScoreRun))]
public sealed class MeasurePgSecurityCommand : AuditCmdlet
{
    private const string HistorySet = "History";

    private static readonly string[] Endings = { ".ndjson", ".json", ".gz" };

    private readonly ScoreBoard _board = new();
    private bool _hasPipedFindings;
    private bool _hasPassed;

    /// <summary>What is scored: the estate, each section, each server, each section of each server.</summary>
    [Parameter]
    [ValidateSet("Estate", "Section", "Server", "ServerSection")]
    public string[] By { get; set; } = { "Estate", "Section", "Server" };

    /// <summary>Stored runs, each a file: snapshots, or reports in the format Json; or folders of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HistorySet)]
    [SupportsWildcards]
    public string[] History { get; set; } = Array.Empty<string>();

    private protected override bool ExplainPassed => false;

    private protected override void Write(IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            _board.Add(finding);
        }
    }

    private protected override bool TryTake(PSObject item)
    {
        if (FindingObject.Read(item) is not { } finding) return false;
        _hasPipedFindings = true;
        _hasPassed |= finding.Outcome == Outcome.Pass;
        _board.Add(finding);
        return true;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (ParameterSetName == HistorySet)
        {
            WriteHistory();
            return;
        }

        SecurityScore estate = _board.Estate();
        if (estate.Servers == 0) return;

        // By default Get-PgSecurityFinding leaves out what passed: a score of that would be 0 and wrong.
        if (_hasPipedFindings && !_hasPassed && estate.Failed + estate.Unknown > 0)
        {
            WriteError(ErrorRecords.ScoreNeedsPassed());
            return;
        }

        foreach (SecurityScore score in By.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(level => ScoresOf(level, estate)))
        {
            WriteObject(score);
        }
    }

    private void WriteHistory()
    {
        ScoreRuns runs = new(Evaluator, error => WriteError(ErrorRecords.InputUnreadable(error)));
        foreach (string file in FilePaths.Resolve(this, History).SelectMany(FilesOf).Distinct(StringComparer.Ordinal))
        {
            if (Stop.IsCancellationRequested) return;
            if (!runs.Add(file)) WriteWarning($"'{file}' could not be read whole: it has no score, and is left out of the history.");
        }

        IReadOnlyList<ScoreRun> history = runs.Finish();
        if (history.Select(run => run.Basis).Distinct().Count() > 1)
        {
            WriteWarning("Some of these runs are reports, with the score that they had, and some are snapshots, audited anew with today's controls: between the two kinds the score may move without a change of any server (Basis says which is which).");
        }

        WriteObject(history, enumerateCollection: true);
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path)
            .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(file => file, StringComparer.Ordinal)
        : new[] { path };

    private IEnumerable<SecurityScore> ScoresOf(string level, SecurityScore estate) => level.ToUpperInvariant() switch
    {
        "ESTATE" => new[] { estate },
        "SECTION" => _board.Sections(),
        "SERVER" => _board.Servers(),
        _ => _board.ServerSections(),
    };
}
