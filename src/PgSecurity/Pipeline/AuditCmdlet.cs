using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Controls;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Errors;

namespace PgSecurity.Pipeline;

/// <summary>
/// A cmdlet that holds servers against controls. It reads on the pipeline's thread and evaluates on all cores; results
/// come out in the order of the input, the first as soon as it is there, and a long input is never held in memory.
/// </summary>
public abstract class AuditCmdlet : ServerControlCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string SampleSet = "Sample";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly int UnderWay = Environment.ProcessorCount * 4;

    private readonly OrderedWork<ServerAudit> _work = new(UnderWay);
    private readonly AuditProgress _progress;
    private readonly List<string> _leftOut = new();
    private bool _foundSomething;
    private PostureInput? _input;
    private Evaluator? _evaluator;
    private LiveAudit? _live;

    /// <summary>Makes the cmdlet.</summary>
    protected AuditCmdlet() => _progress = new AuditProgress(this);

    /// <summary>Files of JSON, plain or gzip: snapshots, resources, templates; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Files whose names are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>JSON texts, paths, files, or objects of Az, az and Resource Graph.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject[]? InputObject { get; set; }

    /// <summary>The sample estate that ships with the module.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SampleSet)]
    public SwitchParameter Sample { get; set; }

    /// <summary>Whether the evidence of what passed is wanted.</summary>
    private protected abstract bool ExplainPassed { get; }

    /// <summary>Takes the findings on one server, on the pipeline's thread.</summary>
    private protected abstract void Write(IReadOnlyList<Finding> findings);

    /// <summary>Takes an object of the pipeline that is not input for an evaluation; false where it is.</summary>
    private protected virtual bool TryTake(PSObject item) => false;

    /// <summary>Postures of a parameter set of a cmdlet's own; null where it is none.</summary>
    /// <param name="types">The types of the facets that the controls read.</param>
    private protected virtual IEnumerable<Func<Posture>>? ReadOwnSet(IReadOnlyCollection<string> types) => null;

    /// <summary>Adds to a posture what was asked for beyond the input. Called on a worker's thread.</summary>
    /// <param name="posture">The posture of the input.</param>
    /// <param name="types">The types of the facets that the controls read.</param>
    private protected virtual Posture Extend(Posture posture, IReadOnlyCollection<string> types) => posture;

    /// <summary>Does what only the pipeline's thread can do, now and then while it waits for a server.</summary>
    private protected virtual void WhileWaiting()
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _input = new PostureInput(path => FilePaths.Resolve(this, path));

    /// <inheritdoc/>
    protected override void ProcessRecord() => Stoppable(() =>
    {
        switch (ParameterSetName)
        {
            case PathSet:
                Audit(PostureReader.Read(FilePaths.Resolve(this, Path)));
                break;
            case LiteralPathSet:
                Audit(PostureReader.Read(LiteralPath.SelectMany(path => FilePaths.ResolveLiteral(this, path))));
                break;
            case SampleSet:
                if (Sample) Audit(PostureReader.Read(ModuleFiles.SampleEstate));
                break;
            case ScopeSet:
                Live.Give(Scope);
                break;
            case ResourceIdSet:
                foreach (string id in ResourceId)
                {
                    TakeLive(id);
                }

                break;
            case InputObjectSet:
                foreach (PSObject? item in InputObject ?? Array.Empty<PSObject>())
                {
                    if (item is not null && !TryTake(item)) Take(item);
                }

                break;
            default:
                foreach (Func<Posture> read in ReadOwnSet(Evaluator.RequiredFacets) ?? Array.Empty<Func<Posture>>())
                {
                    Audit(read);
                }

                break;
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Stoppable(() =>
    {
        Audit(_input!.Finish());
        WarnWhereThereIsNoServer();
        while (_live is { IsDone: false })
        {
            TakeFromAzure(wait: true);
        }

        while (!_work.IsEmpty)
        {
            WriteNext();
        }

        if (_live is { FoundNothing: true }) WriteWarning("No server was found, so nothing was judged.");
        _progress.End();
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _live?.Dispose();
        base.Dispose(disposing);
    }

    private LiveAudit Live => _live ??= new LiveAudit(this, Evaluator.RequiredFacets, ThrottleLimit, Stop);

    /// <summary>An id, and with a connection any object that names a server, is read from Azure; all else is evidence itself.</summary>
    private void Take(PSObject item)
    {
        IReadOnlyList<string> ids = PipedServers.IdsOf(item, RunspaceState.Current.Connection is not null);
        if (ids.Count == 0) Audit(_input!.Take(item));
        foreach (string id in ids)
        {
            TakeLive(id);
        }
    }

    private void TakeLive(string text)
    {
        if (!ServerId.TryParse(text, out ServerId? id))
        {
            WriteError(ErrorRecords.NotAServerId(text));
            return;
        }

        while (Live.IsFull)
        {
            TakeFromAzure(wait: true);
        }

        Live.Give(id!);
        while (TakeFromAzure(wait: false))
        {
        }
    }

    private bool TakeFromAzure(bool wait)
    {
        bool taken = Live.TryTake(wait, out Posture? posture);
        _progress.Known = Live.Known;
        if (posture is not null) Audit(() => Extend(posture, Evaluator.RequiredFacets), posture.Id.Value);
        while (_work.IsReady)
        {
            WriteNext();
        }

        return taken;
    }

    private void Audit(IEnumerable<PostureReadResult> results)
    {
        foreach (PostureReadResult result in results)
        {
            Stop.ThrowIfCancellationRequested();
            _foundSomething |= result.Notice is null;
            if (result.Error is { } error) WriteError(ErrorRecords.InputUnreadable(error));
            else if (result.Notice is { } notice) WriteNotice(notice);
            else if (result.Posture is { } posture) Audit(() => Extend(posture, Evaluator.RequiredFacets), posture.Id.Value);
        }
    }

    private void WriteNotice(InputNotice notice)
    {
        string text = notice.Line > 0 ? $"{notice.File}:{notice.Line}: {notice.Text}" : $"{notice.File}: {notice.Text}";
        _leftOut.Add(text);
        WriteVerbose(text);
    }

    /// <summary>An audit that found nothing to look at must not be taken for one that found nothing wrong.</summary>
    private void WarnWhereThereIsNoServer()
    {
        bool files = ParameterSetName is PathSet or LiteralPathSet;
        if (_foundSomething || (!files && _leftOut.Count == 0)) return;
        string what = _leftOut.Count == 0 ? "" : " " + string.Join(" ", _leftOut.Take(3).Select(text => text + "."));
        WriteWarning("Nothing was audited: there is no flexible server in the input." + what);
    }

    /// <summary>The controls that were selected, compiled on first use.</summary>
    private protected Evaluator Evaluator => _evaluator ??= CreateEvaluator();

    private void Audit(Func<Posture> read, string server = "")
    {
        Evaluator evaluator = Evaluator;
        while (_work.IsFull)
        {
            WriteNext();
        }

        _work.Give(() => Evaluate(evaluator, read, server), Stop);
        while (_work.IsReady)
        {
            WriteNext();
        }
    }

    private static ServerAudit Evaluate(Evaluator evaluator, Func<Posture> read, string server)
    {
        try
        {
            Posture posture = read();
            return new ServerAudit(posture.Id.Value, evaluator.Evaluate(posture).ToList(), null);
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            return new ServerAudit(server, Array.Empty<Finding>(), failure);
        }
    }

    private void WriteNext()
    {
        while (!_work.Wait(Tick, Stop))
        {
            WhileWaiting();
        }

        ServerAudit audit = _work.Take(Stop);
        if (audit.Failure is { } failure) WriteError(ErrorRecords.EvaluationBroken(audit.Server, failure));
        else Write(audit.Findings);
        _progress.Count(audit.Server);
    }

    private Evaluator CreateEvaluator()
    {
        ControlCatalog catalog = LoadCatalog();
        IReadOnlyList<Profile> profiles = SelectedProfiles();
        ControlSettings settings = Settings(catalog, profiles);
        IReadOnlyList<ControlDefinition> controls = SelectControls(catalog, profiles, settings, Control);
        List<ControlError> errors = new();
        Evaluator evaluator = Core.Findings.Evaluator.Create(
            controls, settings, new EvaluatorOptions
            {
                Exemptions = LoadExemptions(Exemption),
                ExplainPassed = ExplainPassed,
                LeaveOutUnasked = true,
                AskedByName = Control.Where(pattern => !WildcardPattern.ContainsWildcardCharacters(pattern)).ToList(),
            }, errors);
        foreach (ControlError error in errors)
        {
            WriteError(ErrorRecords.DefinitionInvalid("ControlInvalid", error));
        }

        if (evaluator.Controls.Count == 0) ThrowTerminatingError(ErrorRecords.NothingSelected(errors.Count + catalog.Errors.Count > 0));
        WriteVerbose($"{evaluator.Controls.Count} controls{(profiles.Count == 0 ? "" : " of " + string.Join(", ", profiles))}, which read {evaluator.RequiredFacets.Count} kinds of resources.");
        return evaluator;
    }
}
