using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Drift;
using PgSecurity.Core.Drift.Activities;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Commands;

/// <summary>Compares a snapshot with another one, or with the servers as they are now, and writes what moved, and who moved it.</summary>
[Cmdlet(VerbsData.Compare, "PgSecuritySnapshot", DefaultParameterSetName = ScopeSet)]
[OutputType(typeof(SecurityDrift))]
public sealed class ComparePgSecuritySnapshotCommand : ServerControlCmdlet
{
    private const string FileSet = "Path";
    private static readonly string[] PathNames = { "FullName", "DifferencePath" };

    private readonly HashSet<ServerId> _servers = new();
    private IReadOnlyList<string> _before = Array.Empty<string>();
    private IReadOnlyList<CompiledControl> _controls = Array.Empty<CompiledControl>();
    private DriftExemptions _exemptions = DriftExemptions.None;
    private int _incomparable;

    /// <summary>The files of the first look; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Reference")]
    [SupportsWildcards]
    public string[] ReferencePath { get; set; } = Array.Empty<string>();

    /// <summary>The files of the second look; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = FileSet)]
    [SupportsWildcards]
    public string[] DifferencePath { get; set; } = Array.Empty<string>();

    /// <summary>Second looks through the pipeline: files, or objects and ids that name servers, which are read now.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject[] InputObject { get; set; } = Array.Empty<PSObject>();

    /// <summary>What is compared beside the servers themselves.</summary>
    [Parameter]
    [ValidateSet("Finding", "Property")]
    public string[] Include { get; set; } = { "Finding", "Property" };

    /// <summary>Files of the exemptions that held at the first look, where they were others; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] ReferenceExemption { get; set; } = Array.Empty<string>();

    /// <summary>Whether the activity log is asked who made each change; without it only where servers are read now.</summary>
    [Parameter]
    public SwitchParameter ActivityLog { get; set; }

    private DriftScope Compared => Include.Aggregate(DriftScope.Servers, (scope, name) =>
        scope | (string.Equals(name, "Finding", StringComparison.OrdinalIgnoreCase) ? DriftScope.Findings : DriftScope.Properties));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _before = FilePaths.Resolve(this, ReferencePath).ToList();
        if (_before.Count == 0) return;
        if (Compared.HasFlag(DriftScope.Findings)) _controls = CompileSelected(Ids);
        ExemptionSet now = LoadExemptions(Exemption);
        _exemptions = new DriftExemptions(ReferenceExemption.Length == 0 ? now : LoadExemptions(ReferenceExemption), now);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Stoppable(() =>
    {
        // A look that is not there would make every server one that came or went.
        if (_before.Count == 0) return;
        switch (ParameterSetName)
        {
            case FileSet:
                CompareFiles(FilePaths.Resolve(this, DifferencePath).ToList());
                break;
            case ResourceIdSet:
                foreach (string id in ResourceId) Take(id);
                break;
            case InputObjectSet:
                foreach (PSObject item in InputObject) Take(item);
                break;
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Stoppable(() =>
    {
        if (_before.Count > 0 && (ParameterSetName == ScopeSet || _servers.Count > 0)) CompareLive();
        if (_incomparable > 0)
        {
            WriteWarning($"In {_incomparable} places the looks cannot be compared, since one of them did not see what is there: of those it is not known whether anything moved (Kind NotComparable).");
        }
    });

    private void Take(PSObject item)
    {
        IReadOnlyList<string> ids = PipedServers.IdsOf(item, connected: true);
        foreach (string id in ids) Take(id);
        if (ids.Count == 0) CompareFiles(FilePaths.Resolve(this, PathOf(item)));
    }

    private void Take(string text)
    {
        if (ServerId.TryParse(text, out ServerId? id)) _servers.Add(id!);
        else WriteError(ErrorRecords.NotAServerId(text));
    }

    private static string PathOf(PSObject item) =>
        item.BaseObject is FileSystemInfo file ? file.FullName
        : PathNames.Select(name => item.Properties[name]?.Value as string).FirstOrDefault(path => path is not null) ?? item.ToString();

    private void CompareFiles(IReadOnlyList<string> after)
    {
        if (after.Count == 0) return;
        bool asks = ActivityLog;
        Write(
            Comparison(asks).Compare(PostureReader.Read(_before), PostureReader.Read(after), TellUnread),
            asks ? ImplicitConnection.Require(this, Stop) : null);
    }

    private void CompareLive()
    {
        Connection connection = ImplicitConnection.Require(this, Stop);
        bool asks = !MyInvocation.BoundParameters.ContainsKey(nameof(ActivityLog)) || ActivityLog;
        ActivityLogReader reader = new(connection.Session, Stop);
        using LiveLooks looks = new(this, Facets(), ThrottleLimit, () => reader.UtcNow, Filter is not null, Stop);
        IEnumerable<PostureReadResult> before;
        IEnumerable<PostureReadResult> after;
        Func<Posture, SecondLook?> lookAgain = looks.LookAgain;
        if (ParameterSetName == ScopeSet)
        {
            ScopeMembership members = ScopeMembership.FindAsync(connection.Session, Scope, Stop).GetAwaiter().GetResult();
            before = Reference(posture => members.MayInclude(posture.Id));
            after = looks.Read(Scope);

            // What the scope meant neither then nor now is not looked for.
            lookAgain = posture => members.Includes(posture.Id, posture.Server) ? looks.LookAgain(posture) : null;
        }
        else
        {
            before = Reference(posture => _servers.Contains(posture.Id));
            after = looks.Read(_servers);
        }

        Write(Comparison(asks).Compare(before, after, TellUnread, lookAgain), asks ? connection : null);
        looks.TellUnread();
        if (looks.FoundNothing) WriteWarning("No server was found, so nothing was compared.");
        if (looks.LeftOut > 0) WriteWarning($"{looks.LeftOut} servers of the reference are there and do not meet -Filter now: they were left out.");
    }

    /// <summary>A comparison; who moved a finding is known by the properties that moved, so that these are compared too.</summary>
    private SnapshotComparison Comparison(bool asksWho) =>
        new(new Evaluator(_controls), asksWho ? Compared | DriftScope.Properties : Compared, _exemptions);

    /// <summary>All that a snapshot has, where properties are compared; else what the controls read.</summary>
    private IEnumerable<string> Facets() => Compared.HasFlag(DriftScope.Properties)
        ? CollectionRun.EveryFacet
        : _controls.SelectMany(control => control.RequiredFacets).Distinct(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<PostureReadResult> Reference(Func<Posture, bool> isMeant) =>
        PostureReader.Read(_before).Where(result => result.Posture is not Posture posture || isMeant(posture));

    private void TellUnread(InputError error) => WriteError(ErrorRecords.InputUnreadable(error));

    private void Write(IEnumerable<SecurityDrift> drifts, Connection? log)
    {
        foreach (SecurityDrift drift in (log is null ? drifts : Traced(drifts, log)).Where(IsWanted))
        {
            Stop.ThrowIfCancellationRequested();
            if (drift.Kind == DriftKind.NotComparable) _incomparable++;
            WriteObject(drift);
        }
    }

    /// <summary>The drifts with who moved what. All are needed first, so that one listing of the log answers for many.</summary>
    private IEnumerable<SecurityDrift> Traced(IEnumerable<SecurityDrift> drifts, Connection connection)
    {
        List<SecurityDrift> all = new();
        foreach (SecurityDrift drift in drifts)
        {
            Stop.ThrowIfCancellationRequested();
            all.Add(drift);
        }

        ActivityLogReader reader = new(connection.Session, Stop);
        DriftActivities activities = new(all, _controls, reader.UtcNow);
        connection.Renew();
        ActivityLog log = reader.ReadAsync(activities.Spans).GetAwaiter().GetResult();
        connection.Requests.Show(this);
        foreach ((ActivitySpan span, string reason) in log.Gaps)
        {
            WriteWarning($"The activity log of the subscription {span.SubscriptionId} could not be read to its end, so that who changed what may not be known: {reason}");
        }

        return activities.Tell(log);
    }

    private bool IsWanted(SecurityDrift drift) => Compared.HasFlag(DriftScope.Properties) || drift.ControlId.Length > 0 || drift.Kind switch
    {
        DriftKind.ServerAdded or DriftKind.ServerRemoved => true,
        DriftKind.NotComparable => drift.Path.Length == 0 && string.Equals(drift.Target, drift.ResourceId, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
