using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Keeps changes of masks in the journal of every change, so that they can be taken back like those. A transaction takes effect
/// when it is kept: the intent, with the statements and their inverse, is on the disk right before.
/// </summary>
public sealed class MaskingJournal : IDisposable
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["MaskingRule"] = MaskingState.Rules,
        ["MaskedRole"] = MaskingState.Roles,
        ["MaskingView"] = MaskingState.Views,
        ["DataWrapper"] = MaskingState.DataWrappers,
        ["StaticMask"] = MaskingState.StaticMasks,
    };

    private readonly ServerId _server;
    private readonly string _database;
    private readonly ChangeJournal _journal;
    private readonly DatabaseRows _rows;
    private readonly CancellationToken _stop;

    /// <summary>Makes the journal of a run.</summary>
    /// <param name="target">The server and the login.</param>
    /// <param name="database">The database.</param>
    /// <param name="journal">The journal that is written to.</param>
    /// <param name="stop">Ends a wait.</param>
    public MaskingJournal(DatabaseTarget target, string database, ChangeJournal journal, CancellationToken stop = default)
    {
        _server = ServerId.OfHost(target.Host, target.Port);
        _database = database;
        _journal = journal;
        _stop = stop;
        DatabaseLogin login = new() { UserName = target.UserName, Password = (_, stop) => target.Password(stop), RootCertificates = target.RootCertificates };
        _rows = new DatabaseRows(null, new ServerHosts(null, login));
    }

    /// <summary>Makes changes and keeps them in the journal.</summary>
    /// <param name="kind">The kind of change, as <see cref="MaskingChange.Kind"/> has it.</param>
    /// <param name="names">The parts of the name of what is changed.</param>
    /// <param name="make">Makes them; what it is given is to be told right before they are kept.</param>
    /// <returns>The changes, with their id in the journal.</returns>
    /// <exception cref="MaskingException">The journal cannot be written: nothing was changed.</exception>
    /// <exception cref="DatabaseException">The server refuses something.</exception>
    public IReadOnlyList<MaskingChange> Keep(string kind, IReadOnlyList<string> names, Func<Action<MaskingCommit>, IReadOnlyList<MaskingChange>> make)
    {
        bool isStatic = kind == "StaticMask";
        JsonObject? before = isStatic ? null : Read(RowId.Of(_server, _database, Types[kind], names.ToArray()));
        JournalEntry? intent = null;
        IReadOnlyList<MaskingChange> changes;
        try
        {
            changes = make(commit => intent = Intend(kind, isStatic ? names.Append(commit.Transaction).ToList() : names, before, commit));
        }
        catch (DatabaseException refused) when (intent is not null && refused.SqlState is not null)
        {
            _ = Conclude(intent, ChangeStatus.Failed, refused.Message, "");
            throw;
        }

        if (intent is null) return changes;
        bool isMade = changes.All(change => change.Status != "Failed");
        string? remark = Conclude(intent, isMade ? ChangeStatus.Changed : ChangeStatus.Failed, isMade ? "" : "It reads back otherwise than it was written.", intent.To);
        return changes.Select(change => change with
        {
            ChangeId = intent.ChangeId,
            JournalPath = _journal.FilePath,
            Remarks = remark is null ? change.Remarks : change.Remarks.Append(remark).ToList(),
        }).ToList();
    }

    /// <inheritdoc/>
    public void Dispose() => Task.Run(async () => await _rows.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();

    private JournalEntry Intend(string kind, IReadOnlyList<string> names, JsonObject? before, MaskingCommit commit)
    {
        MaskingChange last = commit.Changes[commit.Changes.Count - 1];
        JournalEntry intent = new()
        {
            ChangeId = Guid.NewGuid().ToString("N"),
            RunId = _journal.RunId,
            Time = DateTimeOffset.UtcNow,
            Server = _server,
            Step = $"{Words(kind)} {string.Join(", ", commit.Changes.Where(change => change.Kind == kind).Select(change => change.Target))} in {_database}",
            TargetType = Types[kind],
            TargetId = RowId.Of(_server, _database, Types[kind], names.ToArray()),
            TargetName = string.Join(".", names),
            Method = WriteMethod.Sql,
            Body = new JsonObject { ["database"] = _database, ["statements"] = Texts(commit.Statements), ["inverse"] = Texts(last.UndoSql) },
            Before = before,
            From = last.Before,
            To = last.After,
            Class = last.UndoSql.Count == 0 ? ChangeClass.OneWay : ChangeClass.Reversible,
        };
        try
        {
            _journal.Intend(intent);
            _journal.Attempt(intent.ChangeId, 1);
            return intent;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MaskingException(
                "JournalNotWritten", last.Target, $"The journal cannot be written: {failure.Message} Nothing was changed.", "Name a folder that can be written with -JournalPath.", failure);
        }
    }

    /// <summary>Writes the result; a sentence where that could not be done, which takes nothing back.</summary>
    private string? Conclude(JournalEntry intent, ChangeStatus status, string reason, string after)
    {
        Change result = new()
        {
            ChangeId = intent.ChangeId,
            RunId = intent.RunId,
            ResourceId = _server.Value,
            ServerName = _server.Name,
            Step = intent.Step,
            Status = status,
            Reason = reason,
            After = after,
            Attempts = 1,
            Duration = DateTimeOffset.UtcNow - intent.Time,
        };
        try
        {
            _journal.Conclude(result, Read(intent.TargetId));
            return null;
        }
        catch (Exception failure) when (failure is MaskingException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return $"Its result could not be written to the journal ({failure.Message}): Get-PgSecurityChange -InDoubt settles it.";
        }
    }

    private JsonObject? Read(string id)
    {
        try
        {
            JsonElement? found = Task.Run(() => _rows.FindAsync(id, _stop), _stop).GetAwaiter().GetResult();
            return RowChange.Columns(JsonShape.Copy(found));
        }
        catch (ServiceFault fault)
        {
            throw new MaskingException("StateUnreadable", _database, $"What is there now cannot be read: {fault.Message}", "Without it nothing could be taken back: nothing was changed.", fault);
        }
    }

    private static JsonArray Texts(IEnumerable<string> statements) => new(statements.Select(statement => (JsonNode?)statement).ToArray());

    private static string Words(string kind) => kind switch
    {
        "MaskingRule" => "masking rule",
        "MaskedRole" => "masked role",
        "MaskingView" => "masking view",
        "DataWrapper" => "masking data wrapper",
        _ => "static masking of",
    };
}
