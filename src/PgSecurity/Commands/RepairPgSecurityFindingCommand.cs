using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Changes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Makes failing controls pass: reads each server anew, plans, asks the guards, journals, changes, verifies.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "PgSecurityFinding", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true)]
[OutputType(typeof(Change), typeof(PlannedChange))]
public sealed class RepairPgSecurityFindingCommand : ControlCmdlet, IDynamicParameters
{
    private const string InputObjectSet = "InputObject";
    private const string ResourceIdSet = "ResourceId";
    private const string ServerSet = "Server";

    private readonly Dictionary<ServerId, HashSet<string>> _wanted = new();
    private readonly HashSet<ServerId> _whole = new();
    private readonly List<ServerId> _order = new();
    private readonly ChangeRunParameters _run = new();

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

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>The address that you reach the servers from.</summary>
    [Parameter]
    public string? CallerAddress { get; set; }

    private protected override IReadOnlyList<string> Ids => Control;

    private protected override string? DefaultProfile => ProfileNames.Default;

    /// <inheritdoc/>
    public object GetDynamicParameters() => _run;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in ResourceId)
        {
            TakeServer(id);
        }

        foreach (string host in Server)
        {
            TakeServer(ServerId.OfHost(host, _run.Port).Value);
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
        bool isAskedFor = IncludeDatabase || _order.All(server => server.IsHost);
        DatabaseAccess? databases = DatabaseAccess.Of(this, _run, isAskedFor, Database, Stop);
        using ChangePump pump = new(this, _run.Choices(CallerAddress, recoveryPointLoss: false), Stop, databases, _order.Any(server => !server.IsHost));
        IReadOnlyList<ChangeRequest> requests = Requests();
        if (_run.PlanOnly) pump.Plan(requests);
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
