using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>The sample estate, its controls, and sessions on a sandbox that holds it.</summary>
internal static class SampleEstate
{
    internal static readonly DateTimeOffset CollectedAt = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    internal static string Snapshot { get; } = In("module", "Samples", "contoso.ndjson");

    internal static ControlCatalog Catalog { get; } = ControlCatalog.Load(In("module", "Controls"));

    internal static IReadOnlyList<Posture> Postures { get; } =
        PostureReader.Read(Snapshot).Select(result => result.Posture).OfType<Posture>().ToList();

    internal static Evaluator Evaluator(params string[] controls) => new(
        Catalog.Select(new ControlSelection { Ids = controls }).Select(control => CompiledControl.Compile(control, ControlSettings.None)).ToList(),
        new EvaluatorOptions { UtcNow = () => CollectedAt });

    /// <summary>A session on a sandbox: in memory, or over HTTP where an address is given, with a token on loopback.</summary>
    internal static AzureSession Session(SandboxArm arm, ArmClock? clock = null, Uri? address = null, HttpPipelineTransport? transport = null)
    {
        ArmClientOptions options = new() { Clock = clock ?? new VirtualClock(CollectedAt) };
        if (address is null) options.Transport = transport ?? new SandboxTransport(arm);
        FixedCredential? credential = address is null ? null : new FixedCredential("loopback-token");
        return new AzureSession(
            new ArmClient(new ArmEndpoint(address ?? AzureCloud.Public.ResourceManager), credential, options),
            new ArmClient(new ArmEndpoint(address ?? AzureCloud.Public.Graph), credential, options),
            AzureCloud.Public,
            "sandbox") { IsSandbox = true };
    }

    internal static async Task<Collection> CollectAsync(AzureSession session, Evaluator evaluator, ServerScope? scope = null)
    {
        CollectionRun run = new(session, evaluator.RequiredFacets, CancellationToken.None);
        List<ServerId> ids = new();
        Dictionary<string, ArmFault> failed = new();
        await new ServerInventory(run, CancellationToken.None).FindAsync(
            scope ?? new ServerScope(),
            server =>
            {
                ids.Add(ServerId.Parse(server.Id));
                return Task.CompletedTask;
            },
            (what, fault) => failed[what] = fault);
        return new Collection(await Task.WhenAll(ids.Select(run.CollectAsync)), failed);
    }

    private static string In(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PgSecurity.sln"))) return Path.Combine(folder.FullName, Path.Combine(parts));
        }

        throw new DirectoryNotFoundException("No PgSecurity.sln above the test's directory.");
    }

    internal sealed record Collection(IReadOnlyList<CollectedServer> Servers, IReadOnlyDictionary<string, ArmFault> Failed);
}
