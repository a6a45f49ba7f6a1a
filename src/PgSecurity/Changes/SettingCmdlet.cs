using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Changes;

/// <summary>A cmdlet that sets one thing on servers: a thin front of the road that every change takes.</summary>
public abstract class SettingCmdlet : PgCmdlet
{
    private readonly List<ServerId> _servers = new();
    private readonly HashSet<ServerId> _seen = new();

    /// <summary>ARM ids of servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    /// <summary>Whether the changes are written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The folder for the journal.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <summary>How many servers at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>The facets that the changes are made of, beside those that guards read.</summary>
    private protected virtual IReadOnlyList<string> Facets => Array.Empty<string>();

    /// <summary>What is read beside a server before its changes are made.</summary>
    private protected virtual Surroundings Surroundings => Surroundings.None;

    /// <summary>Whether the last change of each server is left to Azure.</summary>
    private protected virtual bool IsNotWaitedFor => false;

    /// <summary>What the user agreed to.</summary>
    private protected virtual Consents Consents => Consents.None;

    /// <summary>The login to databases that guards may look into; null where there is none.</summary>
    private protected virtual DatabaseAccess? Databases => null;

    /// <summary>The address that the caller comes from; null where it is not known.</summary>
    private protected virtual string? Caller => null;

    /// <summary>The changes of a server, in order.</summary>
    private protected abstract IEnumerable<TargetChange> Changes(Posture posture);

    /// <summary>A change as an item of a plan; where a secret goes with it, it is added here.</summary>
    private protected virtual ChangeItem Item(TargetChange change) => new(change, Array.Empty<string>());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string text in ResourceId)
        {
            if (!ServerId.TryParse(text, out ServerId? id)) WriteError(ErrorRecords.NotAServerId(text));
            else if (_seen.Add(id!)) _servers.Add(id!);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_servers.Count == 0) return;
        using ChangePump pump = new(this, new ChangeChoices(Consents, JournalPath, ThrottleLimit, 0, Caller) { NoWait = IsNotWaitedFor }, Stop, Databases, needsAzure: true);
        List<ChangeRequest> requests = _servers
            .Select(server => new ChangeRequest(server, Facets, posture => Changes(posture).Select(Item).ToList()) { Surroundings = Surroundings })
            .ToList();
        pump.Make(requests, change => ChangeOutput.Report(this, change, PassThru));
    }
}
