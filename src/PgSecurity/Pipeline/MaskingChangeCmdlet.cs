using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Journal;
using PgSecurity.Database.Masking;

namespace PgSecurity.Pipeline;

/// <summary>A cmdlet that changes masks, and keeps what it changes in a journal, from which it can be taken back.</summary>
public abstract class MaskingChangeCmdlet : MaskingCmdlet
{
    private ChangeJournal? _file;
    private MaskingJournal? _journal;
    private (string Server, string Database) _of;

    /// <summary>The folder for the journal.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <summary>Makes a change that is journaled, and writes it; what is refused becomes an error, and the pipeline goes on.</summary>
    /// <param name="kind">The kind, as <see cref="MaskingChange.Kind"/> has it.</param>
    /// <param name="names">The parts of the name of what is changed.</param>
    /// <param name="make">Makes it; what it is given is told right before it is kept.</param>
    private protected void Change(string kind, IReadOnlyList<string> names, Func<Action<MaskingCommit>, IReadOnlyList<MaskingChange>> make) => Guarded(() =>
    {
        foreach (MaskingChange change in Journal().Keep(kind, names, make)) WriteChange(change);
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _journal?.Dispose();
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private MaskingJournal Journal()
    {
        if (_journal is not null && _of == (Server, Database)) return _journal;
        _journal?.Dispose();
        _file ??= ChangeJournal.Begin(ChangePump.JournalFolder(this, JournalPath));
        _of = (Server, Database);
        return _journal = new MaskingJournal(Target, Database, _file, Stop);
    }
}
