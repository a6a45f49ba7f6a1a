using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PgSecurity.Binding;
using PgSecurity.Changes;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Shows the changes that the journals have, and settles those whose result was lost.</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityChange")]
[OutputType(typeof(Change))]
public sealed class GetPgSecurityChangeCommand : PgCmdlet, IDynamicParameters
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly List<ServerId> _servers = new();
    private readonly DatabaseLoginParameters _login = new();
    private bool _isPiped;

    /// <summary>Ids of changes.</summary>
    [Parameter(Position = 0)]
    public string[] ChangeId { get; set; } = Array.Empty<string>();

    /// <summary>Ids of runs.</summary>
    [Parameter]
    public string[] RunId { get; set; } = Array.Empty<string>();

    /// <summary>ARM ids of servers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    /// <summary>Ids of controls.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>What became of them.</summary>
    [Parameter]
    public ChangeStatus[] Status { get; set; } = Array.Empty<ChangeStatus>();

    /// <summary>Only changes of this time and later.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only changes before this time.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Finds changes whose result was not written, and settles them by reading the server.</summary>
    [Parameter]
    public SwitchParameter InDoubt { get; set; }

    /// <summary>The folder with the journals, or one of them.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _login;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _isPiped |= MyInvocation.ExpectingInput;
        foreach (string text in ResourceId)
        {
            if (ServerId.TryParse(text, out ServerId? id)) _servers.Add(id!);
            else WriteError(ErrorRecords.NotAServerId(text));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if ((_isPiped || ResourceId.Length > 0) && _servers.Count == 0) return;
        JournalSelection selection = new()
        {
            RunIds = RunId,
            ControlIds = Control,
            From = After is DateTime after ? new DateTimeOffset(after) : null,
            Before = Before is DateTime before ? new DateTimeOffset(before) : null,
        };
        selection.ChangeIds.UnionWith(ChangeId);
        selection.Servers.UnionWith(_servers);
        List<string> problems = new();
        List<JournalEntry> entries = JournalReader.Read(ChangePump.JournalFolder(this, JournalPath), problems)
            .Where(entry => selection.Includes(entry) && _shown.Add(entry.ChangeId))
            .ToList();
        foreach (string problem in problems)
        {
            WriteWarning(problem);
        }

        if (InDoubt) Settle(entries.Where(entry => entry.Status == ChangeStatus.InDoubt).ToList());
        else WriteObject(entries.Where(entry => Status.Length == 0 || Status.Contains(entry.Status)).Select(entry => entry.Show()), enumerateCollection: true);
    }

    private void Settle(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0) return;
        DatabaseAccess? databases = DatabaseAccess.Of(this, _login, entries.All(entry => entry.Server.IsHost), Array.Empty<string>(), Stop);
        using ChangePump pump = new(
            this, new ChangeChoices(Consents.None, JournalPath, 1, 0, null), Stop, databases, entries.Any(entry => !entry.Server.IsHost));
        foreach (JournalEntry entry in entries)
        {
            Change settled = Task.Run(() => DoubtSettler.SettleAsync(entry, pump.Service, pump.Clock, Stop)).GetAwaiter().GetResult();
            if (Status.Length == 0 || Status.Contains(settled.Status)) WriteObject(settled);
        }
    }
}
