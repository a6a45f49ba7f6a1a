using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Changes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Makes failing controls pass: reads each server anew, plans, asks the guards, journals, changes, verifies.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "PgSecurityFinding", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(Change), typeof(PlannedChange))]
public sealed class RepairPgSecurityFindingCommand : ControlCmdlet
{
    private const string InputObjectSet = "InputObject";
    private const string ResourceIdSet = "ResourceId";
    private const string ServerSet = "Server";

    private readonly Dictionary<ServerId, HashSet<string>> _wanted = new();
    private readonly HashSet<ServerId> _whole = new();
    private readonly List<ServerId> _order = new();

    /// <summary>Findings, or what names servers: ids, objects of Get-PgServer, Az, az and Resource Graph.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    public PSObject[]? InputObject { get; set; }

    /// <summary>ARM ids of servers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourceIdSet)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    /// <summary>Hosts of PostgreSQL servers that are not in Azure Resource Manager.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    [ValidateNotNullOrEmpty]
    public string[] Server { get; set; } = Array.Empty<string>();

    /// <summary>Whether the databases of servers that are named as a whole are looked into too.</summary>
    [Parameter]
    public SwitchParameter IncludeDatabase { get; set; }

    /// <summary>The databases to look into; without it all but templates and the service's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Database { get; set; } = Array.Empty<string>();

    /// <summary>The login to the databases: a role with its password or, as password, an Entra token.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The role that the connection's own identity has in the servers; without it the name of its account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>A PEM file of the root certificates to trust; without it those of the operating system.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RootCertificate { get; set; }

    /// <summary>The port of the databases.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = DatabaseTarget.DefaultPort;

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>Whether the plan is written, and nothing is sent.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Lets each server be restarted once.</summary>
    [Parameter]
    public SwitchParameter AllowRestart { get; set; }

    /// <summary>Lets clients lose their connection or their way in.</summary>
    [Parameter]
    public SwitchParameter AllowConnectivityLoss { get; set; }

    /// <summary>Lets what costs money be turned on.</summary>
    [Parameter]
    public SwitchParameter AllowCost { get; set; }

    /// <summary>Lets be done what cannot be taken back.</summary>
    [Parameter]
    public SwitchParameter AllowOneWay { get; set; }

    /// <summary>The address that you reach the servers from.</summary>
    [Parameter]
    public string? CallerAddress { get; set; }

    /// <summary>The folder for the journal.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <summary>After how many failed changes nothing more is begun.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxFailures { get; set; }

    /// <summary>How many servers at once; a primary and its replicas are taken one after another.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    private protected override IReadOnlyList<string> Ids => Control;

    private protected override string? DefaultProfile => ProfileNames.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in ResourceId)
        {
            TakeServer(id);
        }

        foreach (string host in Server)
        {
            TakeServer(ServerId.OfHost(host, Port).Value);
        }

        foreach (PSObject? item in InputObject ?? Array.Empty<PSObject>())
        {
            if (item is null) continue;
            if (FindingObject.Read(item) is { } finding) Take(finding);
            else TakeServers(item);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_order.Count == 0) return;
        Consents consents = new() { Restart = AllowRestart, ConnectivityLoss = AllowConnectivityLoss, Cost = AllowCost, OneWay = AllowOneWay };
        bool isAskedFor = IncludeDatabase || _order.All(server => server.IsHost);
        DatabaseAccess? databases = DatabaseAccess.Of(this, Credential, UserName, isAskedFor, RootCertificate, Port, Database, Stop);
        using ChangePump pump = new(
            this, new ChangeChoices(consents, JournalPath, ThrottleLimit, MaxFailures, CallerAddress), Stop, databases, _order.Any(server => !server.IsHost));
        IReadOnlyList<ChangeRequest> requests = Requests();
        if (PlanOnly) pump.Plan(requests);
        else pump.Make(requests, change => ChangeOutput.Write(this, change));
    }

    private void Take(Finding finding)
    {
        // What was set aside is left alone, and what passed needs nothing.
        if (finding.Outcome is not (Outcome.Fail or Outcome.Unknown)) return;
        if (!ServerId.TryParse(finding.ResourceId, out ServerId? id))
        {
            WriteError(ErrorRecords.NotAServerId(finding.ResourceId));
            return;
        }

        Note(id!).Add(finding.ControlId);
    }

    private void TakeServers(PSObject item)
    {
        IReadOnlyList<string> ids = PipedServers.IdsOf(item, connected: true);
        foreach (string text in ids.Count > 0 ? ids : new[] { item.ToString() })
        {
            TakeServer(text);
        }
    }

    private void TakeServer(string text)
    {
        if (!ServerId.TryParse(text, out ServerId? id))
        {
            WriteError(ErrorRecords.NotAServerId(text));
            return;
        }

        Note(id!);
        _whole.Add(id!);
    }

    private HashSet<string> Note(ServerId id)
    {
        if (_wanted.TryGetValue(id, out HashSet<string>? controls)) return controls;
        _order.Add(id);
        return _wanted[id] = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
    }

    private List<ChangeRequest> Requests()
    {
        ControlCatalog catalog = LoadCatalog();
        IReadOnlyList<Profile> profiles = SelectedProfiles();
        ControlSettings settings = Settings(catalog, profiles);
        HashSet<string> selected = new(SelectControls(catalog, profiles, settings, Control).Select(control => control.Id), StringComparer.OrdinalIgnoreCase);
        bool isNarrowed = Control.Length + Section.Length + Severity.Length + Profile.Length + Benchmark.Length > 0;
        List<ControlError> errors = new();
        Dictionary<string, CompiledControl> compiled = Evaluator.Create(catalog.Controls, settings, EvaluatorOptions.Default, errors).Controls
            .ToDictionary(control => control.Definition.Id, StringComparer.OrdinalIgnoreCase);
        foreach (ControlError error in errors)
        {
            WriteError(ErrorRecords.DefinitionInvalid("ControlInvalid", error));
        }

        List<ChangeRequest> requests = new();
        foreach (ServerId server in _order)
        {
            List<CompiledControl> controls = compiled.Values
                .Where(control => _whole.Contains(server)
                    ? selected.Contains(control.Definition.Id) && IsAskedFor(server, control)
                    : _wanted[server].Contains(control.Definition.Id) && (!isNarrowed || selected.Contains(control.Definition.Id)) && IsRepairable(server, control))
                .ToList();
            if (controls.Count > 0) requests.Add(new ChangeRequest(server, controls));
        }

        return requests;
    }

    /// <summary>Of a server that is named as a whole, its databases and its port are looked at only where that was asked for.</summary>
    private bool IsAskedFor(ServerId server, CompiledControl control) => control.Definition.Requires switch
    {
        null => !server.IsHost,
        ControlRequirement.Database => server.IsHost || IncludeDatabase || IsNamed(control),
        _ => IsNamed(control),
    };

    private bool IsNamed(CompiledControl control) => Control.Contains(control.Definition.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>A finding that a person must see to is no matter for an error: it was found, and says what to do.</summary>
    private bool IsRepairable(ServerId server, CompiledControl control)
    {
        if (control.Definition.Remediation.Steps.Count > 0) return true;
        WriteVerbose($"{server.Name}: {control.Definition.Id} is not repaired by PgSecurity. {control.Recommendation}");
        return false;
    }
}
