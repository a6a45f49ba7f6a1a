using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using PgSecurity.Changes;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Takes changes back, newest first, by the road they were made on.</summary>
[Cmdlet(VerbsCommon.Undo, "PgSecurityChange", DefaultParameterSetName = ChangeSet, SupportsShouldProcess = true)]
[OutputType(typeof(Change), typeof(PlannedChange))]
public sealed class UndoPgSecurityChangeCommand : PgCmdlet, IDynamicParameters
{
    private const string ChangeSet = "Change";
    private const string RunSet = "Run";
    private const string ServerSet = "Server";

    private readonly HashSet<string> _changes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ChangeRunParameters _run = new();

    /// <summary>Ids of changes; changes in the pipeline name theirs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = ChangeSet)]
    [AllowEmptyString]
    public string[] ChangeId { get; set; } = Array.Empty<string>();

    /// <summary>Ids of runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RunSet)]
    public string[] RunId { get; set; } = Array.Empty<string>();

    /// <summary>ARM ids of servers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    /// <summary>Only changes of this time and later.</summary>
    [Parameter(ParameterSetName = RunSet)]
    [Parameter(Mandatory = true, ParameterSetName = ServerSet)]
    public DateTime? After { get; set; }

    /// <summary>Overwrites also what somebody changed since.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>A new password for the server's login, where passwords are turned on again.</summary>
    [Parameter]
    public SecureString? AdministratorPassword { get; set; }

    /// <summary>Lets recovery points be dropped.</summary>
    [Parameter]
    public SwitchParameter AllowRecoveryPointLoss { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _run;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _changes.UnionWith(ChangeId.Where(id => id.Length > 0));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ChangeSet && _changes.Count == 0) return;
        IReadOnlyList<JournalEntry> entries = Entries();
        if (entries.Count == 0) return;

        UndoOptions options = new() { Force = Force, Password = Password() };
        foreach (string reason in UndoPlanner.Hopeless(entries))
        {
            WriteWarning(reason);
        }

        DatabaseAccess? databases = DatabaseAccess.Of(this, _run, entries.All(entry => entry.Server.IsHost), Array.Empty<string>(), Stop);
        using ChangePump pump = new(this, _run.Choices(null, AllowRecoveryPointLoss), Stop, databases, entries.Any(entry => !entry.Server.IsHost));
        IReadOnlyList<ChangeRequest> requests = UndoPlanner.Plan(entries, options);
        if (_run.PlanOnly) pump.Plan(requests);
        else pump.Make(requests, change => ChangeOutput.Write(this, change));
    }

    private IReadOnlyList<JournalEntry> Entries()
    {
        JournalSelection selection = new() { RunIds = RunId, From = After is DateTime after ? new DateTimeOffset(after) : null };
        selection.ChangeIds.UnionWith(_changes);
        foreach (string text in ResourceId)
        {
            if (ServerId.TryParse(text, out ServerId? id)) selection.Servers.Add(id!);
            else ThrowTerminatingError(ErrorRecords.NotAServerId(text));
        }

        string folder = ChangePump.JournalFolder(this, _run.JournalPath);
        List<string> problems = new();
        List<JournalEntry> entries = JournalReader.Read(folder, problems).Where(selection.Includes).ToList();
        foreach (string problem in problems)
        {
            WriteWarning(problem);
        }

        if (entries.Count == 0) WriteError(ErrorRecords.ChangeNotFound(folder));
        foreach (JournalEntry entry in entries.Where(entry => entry.Status == ChangeStatus.InDoubt))
        {
            WriteWarning($"{entry.Server.Name} {entry.Step}: it is not known what became of this change ({entry.ChangeId}), so it is not taken back. Settle it first: Get-PgSecurityChange -InDoubt.");
        }

        UndonePairs selected = UndonePairs.Of(entries.Where(UndoPlanner.IsMade).ToList());
        foreach ((JournalEntry change, JournalEntry undo) in selected.Pairs)
        {
            WriteVerbose($"{change.Server.Name} {change.Step}: {change.ChangeId} was taken back by {undo.ChangeId}, which is selected too: both stay as they are.");
        }

        return selected.Rest;
    }

    private Func<string>? Password() => AdministratorPassword is SecureString secret ? () => new NetworkCredential("", secret).Password : null;
}
