using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;

namespace PgSecurity.Database.Tests.Remediation;

/// <summary>The road of changes on a real server, and a folder for journals that goes when the test ends.</summary>
internal sealed class LabRoad : IAsyncDisposable
{
    private static readonly Consents Everything = new()
    {
        Restart = true, ConnectivityLoss = true, Cost = true, OneWay = true, RecoveryPointLoss = true,
    };

    private readonly LabCluster _cluster;
    private readonly DatabaseRows _rows;
    private readonly ServerHosts _hosts;

    public LabRoad(LabCluster cluster, string role = LabCluster.Superuser, params string[] databases)
    {
        _cluster = cluster;
        DatabaseTarget target = cluster.Target(role);
        _hosts = new ServerHosts(null, new DatabaseLogin { UserName = role, Password = (_, stop) => target.Password(stop), RootCertificates = target.RootCertificates });
        _rows = new DatabaseRows(null, _hosts);
        Postures = new DatabasePostures(null, _hosts, Clock, databases);
        Journals = Path.Combine(Path.GetTempPath(), "pgsecurity-tests-" + Guid.NewGuid().ToString("N"));
    }

    public PassingClock Clock { get; } = new();

    public IPostureSource Postures { get; }

    public IResourceService Rows => _rows;

    public IStatementWriter Statements => new SqlRepair(_hosts);

    public string Journals { get; }

    public ServerId Server => ServerId.OfHost("127.0.0.1", _cluster.Port);

    /// <summary>The controls on databases whose step is SQL.</summary>
    public static IReadOnlyList<CompiledControl> Controls(params string[] ids) => LabAudit.Controls
        .Where(control => ids.Length == 0 ? control.Remediation.Steps.Count > 0 : ids.Contains(control.Id))
        .Select(control => CompiledControl.Compile(control, ControlSettings.None))
        .ToList();

    public Task<ChangePlan> PlanAsync(IReadOnlyList<CompiledControl> controls, Consents? consents = null)
    {
        using ChangeJournal unused = ChangeJournal.Begin(Journals);
        return Run(unused, Options(consents)).PlanAsync(new ChangeRequest(Server, controls), CancellationToken.None);
    }

    public Task<IReadOnlyList<Change>> RepairAsync(IReadOnlyList<CompiledControl> controls, Consents? consents = null, Func<PlannedChange, bool>? confirm = null) =>
        MakeAsync([new ChangeRequest(Server, controls)], Options(consents) with { Confirm = confirm });

    public Task<IReadOnlyList<Change>> UndoAsync(UndoOptions? options = null, params string[] changeIds) =>
        MakeAsync(UndoPlanner.Plan(Journal().Where(entry => changeIds.Length == 0 || changeIds.Contains(entry.ChangeId)), options ?? new UndoOptions()), Options(null));

    public async Task<IReadOnlyList<Change>> MakeAsync(IEnumerable<ChangeRequest> requests, RoadOptions? options = null)
    {
        List<Change> changes = [];
        using ChangeJournal journal = new(Journals, Guid.NewGuid().ToString("N"), () => Clock.UtcNow);
        await Run(journal, options ?? Options(null)).RunAsync(requests, changes.Add, CancellationToken.None);
        return changes;
    }

    public IReadOnlyList<JournalEntry> Journal()
    {
        List<string> problems = [];
        IReadOnlyList<JournalEntry> entries = JournalReader.Read(Journals, problems);
        return problems.Count == 0 ? entries : throw new InvalidOperationException(string.Join('\n', problems));
    }

    /// <summary>The rows that fail, as <c>control row</c>.</summary>
    public async Task<HashSet<string>> FailuresAsync(IReadOnlyList<CompiledControl> controls)
    {
        Evaluator evaluator = new(controls);
        Posture posture = await Postures.ReadAsync(Server, evaluator.RequiredFacets, CancellationToken.None);
        return evaluator.Evaluate(posture)
            .Where(finding => finding.Outcome == Outcome.Fail)
            .SelectMany(finding => finding.Evidence.Select(piece => $"{finding.ControlId} {piece.ResourceId}"))
            .ToHashSet();
    }

    public async ValueTask DisposeAsync()
    {
        await _rows.DisposeAsync();
        if (Directory.Exists(Journals)) Directory.Delete(Journals, recursive: true);
    }

    private ChangeRun Run(ChangeJournal journal, RoadOptions options) => new(_rows, Postures, Clock, journal, options);

    private RoadOptions Options(Consents? consents) => new() { Plan = new PlanOptions { Consents = consents ?? Everything }, Statements = Statements };
}
