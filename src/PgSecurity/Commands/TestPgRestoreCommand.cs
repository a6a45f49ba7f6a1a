using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Restores;
using PgSecurity.Database.Tls.Probing;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;
using ArmId = PgSecurity.Core.Postures.ResourceId;

namespace PgSecurity.Commands;

/// <summary>Restores servers to temporary ones, measures how long it takes and how new a state comes back, and deletes them again.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PgRestore", SupportsShouldProcess = true)]
[OutputType(typeof(RestoreTest))]
public sealed class TestPgRestoreCommand : PgCmdlet
{
    /// <summary>So much of a server's name stands in that of its temporary one: names have 63 characters at most.</summary>
    private const int LongestStem = 50;

    private readonly List<ServerId> _servers = new();
    private readonly HashSet<ServerId> _seen = new();

    /// <summary>ARM ids of servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    /// <summary>The longest recovery time that is allowed.</summary>
    [Parameter]
    public TimeSpan? Rto { get; set; }

    /// <summary>The oldest recovery point that is allowed.</summary>
    [Parameter]
    public TimeSpan? Rpo { get; set; }

    /// <summary>The time whose state is restored; the newest that can be where it is not given.</summary>
    [Parameter]
    public DateTime? PointInTime { get; set; }

    /// <summary>The resource group of the temporary server, in the server's subscription; the server's own where it is not given.</summary>
    [Parameter]
    public string? TargetResourceGroup { get; set; }

    /// <summary>Whether the temporary server is not asked on the wire.</summary>
    [Parameter]
    public SwitchParameter SkipProbe { get; set; }

    /// <summary>Lets what costs money be made: the temporary server.</summary>
    [Parameter]
    public SwitchParameter AllowCost { get; set; }

    /// <summary>The folder for the journal.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <summary>How many servers at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 4;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Rto <= TimeSpan.Zero || Rpo <= TimeSpan.Zero)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong("A time that is allowed must be longer than none.", "Give -Rto and -Rpo as a time span: 04:00:00 for four hours, 00:15:00 for a quarter.", Rto ?? Rpo));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in ResourceId)
        {
            if (!ServerId.TryParse(text, out ServerId? id) || id!.IsHost) WriteError(ErrorRecords.NotAServerId(text));
            else if (_seen.Add(id!)) _servers.Add(id!);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_servers.Count == 0) return;
        ChangeChoices choices = new(new Consents { Cost = AllowCost }, JournalPath, ThrottleLimit, 0, null);
        using ChangePump pump = new(this, choices, Stop);
        pump.Try(_servers.Select(Wish).ToList(), Take);
    }

    private void Take(RestoreTest result)
    {
        WriteObject(result);
        if (result.StartedAt is null) WriteError(ErrorRecords.RestoreNotTried(result));
        else if (!result.IsCleanedUp) WriteError(ErrorRecords.RestoredServerLeft(result));
    }

    private RestoreWish Wish(ServerId server)
    {
        string stem = server.Name.Length > LongestStem ? server.Name.Substring(0, LongestStem) : server.Name;
        string group = TargetResourceGroup is null ? ArmId.ScopeOf(server.Value) : $"/subscriptions/{server.SubscriptionId}/resourceGroups/{TargetResourceGroup}";
        string id = $"{group}/providers/{FacetTypes.Server}/{stem.TrimEnd('-')}-rt-{Guid.NewGuid().ToString("N").Substring(0, 8)}";
        return new RestoreWish(server, id)
        {
            Rto = Rto,
            Rpo = Rpo,
            PointInTime = PointInTime is DateTime chosen ? new DateTimeOffset(chosen) : null,
            Probe = SkipProbe || RunspaceState.Current.Connection is { Session.IsSandbox: true } ? null : ProbeAsync,
        };
    }

    /// <summary>What answers at the host; null where nothing does, as from outside the network of a server that is closed.</summary>
    private static async Task<string?> ProbeAsync(string host, CancellationToken stop)
    {
        ProbeOptions options = new() { BeginsLogIn = false, Downloads = false };
        TlsReport report = await TlsProbe.RunAsync(new ProbeTarget { HostName = host }, options, stop).ConfigureAwait(false);
        return report.State switch
        {
            TlsEndpointState.Tls => report.NegotiatedVersion.Length > 0 ? report.NegotiatedVersion : "TLS",
            TlsEndpointState.NoTls => "PostgreSQL without TLS",
            _ => null,
        };
    }
}
