using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using PgSecurity.Azure.Appliers;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Core.Snapshots;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>An estate in the sandbox, the road over it, and a folder for journals that goes when the test ends.</summary>
internal sealed class RoadFixture : IDisposable
{
    internal static readonly Consents Everything = new()
    {
        Restart = true, ConnectivityLoss = true, Cost = true, OneWay = true, RecoveryPointLoss = true,
    };

    internal RoadFixture(IReadOnlyList<Posture> postures, SandboxOptions? options = null)
    {
        Postures = postures;
        Sandbox = new SandboxArm(options);
        using MemoryStream snapshot = new();
        foreach (Posture posture in postures)
        {
            SnapshotWriter.Write(snapshot, posture);
        }

        snapshot.Position = 0;
        Sandbox.AddSnapshot(snapshot, "test");
        Clock = new SandboxRoadClock(Sandbox);
        Session = SessionOver(() => new SandboxTransport(Sandbox), Clock);
        Service = new ArmResourceService(Session);
        Source = new SandboxPostures(Service, postures, Session);
    }

    private RoadFixture(RoadFixture other, Turns turns, int run)
    {
        Postures = other.Postures;
        Sandbox = other.Sandbox;
        Clock = new SandboxRoadClock(Sandbox) { Turn = () => turns.TakeAsync(run) };
        Session = SessionOver(() => new TurnTransport(Sandbox, turns, run), Clock);
        Service = new ArmResourceService(Session);
        Source = new SandboxPostures(Service, Postures, Session);
    }

    internal IReadOnlyList<Posture> Postures { get; }

    internal SandboxArm Sandbox { get; }

    internal SandboxRoadClock Clock { get; }

    internal AzureSession Session { get; }

    internal ArmResourceService Service { get; }

    /// <summary>
    /// Whether servers are read by the collectors of a live audit. Without it what the sandbox does not answer for stays as
    /// the snapshot has it, and a run makes one request after another.
    /// </summary>
    internal bool CollectsItself { get; init; } = true;

    internal SandboxPostures Source { get; }

    internal string Journals { get; } = Path.Combine(Path.GetTempPath(), "pgsecurity-tests-" + Guid.NewGuid().ToString("N"));

    /// <summary>
    /// The sample estate. Its servers are read as the snapshot has them: that gives each server a copy of the role assignments
    /// of its subscription, which a collector would find at other servers.
    /// </summary>
    internal static RoadFixture OfSampleEstate(SandboxOptions? options = null) =>
        new(PostureReader.Read(Repository.SampleEstate).Select(result => result.Posture).OfType<Posture>().Where(posture => !posture.Id.IsSingleServer).ToList(), options) { CollectsItself = false };

    /// <summary>Another client of the same estate, with journals of its own, whose requests and waits take turns with others.</summary>
    internal RoadFixture Beside(Turns turns, int run) => new(this, turns, run) { CollectsItself = false };

    private static AzureSession SessionOver(Func<HttpPipelineTransport> transport, ArmClock clock)
    {
        ArmClient Client(string address) => new(new ArmEndpoint(new Uri(address)), new FixedCredential("token"), new ArmClientOptions { Transport = transport(), Clock = clock });
        return new AzureSession(Client("https://management.azure.com"), Client("https://graph.microsoft.com"), AzureCloud.Public, "test") { VaultClients = host => Client("https://" + host) };
    }

    internal static IReadOnlyList<CompiledControl> Controls(ControlSettings settings, params string[] ids) => Repository.Catalogue.Controls
        .Where(control => ids.Length == 0 || ids.Contains(control.Id))
        .Select(control => CompiledControl.Compile(control, settings))
        .ToList();

    internal static ControlSettings Settings(params (string Name, object Value)[] values) =>
        ControlSettings.Create(values.Select(value => new KeyValuePair<string, JsonElement>(value.Name, JsonSerializer.SerializeToElement(value.Value))));

    internal async Task<IReadOnlyList<Change>> RunAsync(IEnumerable<ChangeRequest> requests, RoadOptions? options = null)
    {
        List<Change> changes = new();
        using ChangeJournal journal = new(Journals, Guid.NewGuid().ToString("N"), () => Clock.UtcNow);
        ChangeRun run = new(Service, CollectsItself ? new CollectedPostures(Session) : Source, Clock, journal, options ?? Options(Everything));
        await run.RunAsync(requests, changes.Add, CancellationToken.None);
        return changes;
    }

    internal Task<IReadOnlyList<Change>> RepairAsync(IReadOnlyList<CompiledControl> controls, Consents? consents = null) =>
        RunAsync(Postures.Select(posture => new ChangeRequest(posture.Id, controls)), Options(consents ?? Everything));

    /// <summary>The plan for the first server, with every consent.</summary>
    internal Task<ChangePlan> PlanAsync(IReadOnlyList<CompiledControl> controls)
    {
        using ChangeJournal unused = new(Journals, Guid.NewGuid().ToString("N"), () => Clock.UtcNow);
        ChangeRun run = new(Service, CollectsItself ? new CollectedPostures(Session) : Source, Clock, unused, Options(Everything));
        return run.PlanAsync(new ChangeRequest(Postures[0].Id, controls), CancellationToken.None);
    }

    /// <summary>Takes changes as such on the road, in the order given.</summary>
    internal Task<IReadOnlyList<Change>> ChangeAsync(Consents consents, params TargetChange[] changes) => RunAsync(
        changes.GroupBy(change => change.Server).Select(server => new ChangeRequest(
            server.Key,
            server.Select(change => change.Type).Distinct(StringComparer.OrdinalIgnoreCase).ToList(),
            _ => server.Select(change => new ChangeItem(change, Array.Empty<string>())).ToList())),
        Options(consents));

    /// <summary>A write that goes past the road, as any other client makes it; the code that it ends with, or Succeeded.</summary>
    /// <param name="method">The method.</param>
    /// <param name="id">The resource, or an action of it; with <c>?api-version=</c> for another version than the road's.</param>
    /// <param name="body">The body as JSON; null for none.</param>
    internal async Task<string> SendAsync(WriteMethod method, string id, string? body)
    {
        try
        {
            await Service.WriteAsync(method, id, body is null ? null : JsonNode.Parse(body), CancellationToken.None);
            return "Succeeded";
        }
        catch (ServiceFault fault)
        {
            return fault.Code;
        }
    }

    internal Task<IReadOnlyList<Change>> UndoAsync(UndoOptions? options = null, Consents? consents = null) => TakeBackAsync(Journal(), options, consents);

    internal Task<IReadOnlyList<Change>> TakeBackAsync(IReadOnlyList<JournalEntry> entries, UndoOptions? options = null, Consents? consents = null) =>
        RunAsync(UndoPlanner.Plan(entries, options ?? new UndoOptions { Password = () => "Not-A-Secret-1" }), Options(consents ?? Everything));

    internal IReadOnlyList<JournalEntry> Journal()
    {
        List<string> problems = new();
        return Directory.Exists(Journals) ? JournalReader.Read(Journals, problems) : Array.Empty<JournalEntry>();
    }

    internal async Task<IReadOnlyList<Finding>> FindingsAsync(IReadOnlyList<CompiledControl> controls)
    {
        Evaluator evaluator = new(controls);
        List<Finding> findings = new();
        foreach (Posture posture in Postures)
        {
            findings.AddRange(evaluator.Evaluate(await Source.ReadAsync(posture.Id, evaluator.RequiredFacets, CancellationToken.None)));
        }

        return findings;
    }

    internal static RoadOptions Options(Consents consents) => new() { Plan = new PlanOptions { Consents = consents }, ThrottleLimit = 4 };

    public void Dispose()
    {
        if (Directory.Exists(Journals)) Directory.Delete(Journals, recursive: true);
    }
}
