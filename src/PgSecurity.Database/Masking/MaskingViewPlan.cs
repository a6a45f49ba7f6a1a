using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>A masking view that is to be made: its statements, what undoes them, and what has to be known of it.</summary>
public sealed class MaskingViewPlan
{
    private readonly string _server;
    private readonly string _database;
    private readonly MaskingViewOptions _options;
    private readonly string _view;
    private readonly string _query;
    private readonly ExistingView _existing;
    private readonly IReadOnlyList<string> _tableReaders;
    private readonly IReadOnlyList<string> _remarks;
    private readonly bool _schemaExists;

    internal MaskingViewPlan(
        string server, string database, string schema, string table, MaskingViewOptions options, string view, string query,
        IReadOnlyList<string> maskedColumns, ExistingView existing, IReadOnlyList<string> tableReaders, IReadOnlyList<string> remarks, bool schemaExists)
    {
        _server = server;
        _database = database;
        Schema = schema;
        Table = table;
        _options = options;
        _view = view;
        _query = query;
        MaskedColumns = maskedColumns;
        _existing = existing;
        _tableReaders = tableReaders;
        _remarks = remarks;
        _schemaExists = schemaExists;
    }

    /// <summary>The table's schema.</summary>
    public string Schema { get; }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The columns that the view masks.</summary>
    public IReadOnlyList<string> MaskedColumns { get; }

    /// <summary>The view's schema.</summary>
    public string ViewSchema => _options.Schema;

    /// <summary>The view's name in its schema.</summary>
    public string Name => _view;

    /// <summary>The view with its schema.</summary>
    public string ViewName => $"{_options.Schema}.{_view}";

    /// <summary>Whether the view is there as it should be, and nothing is asked for beside it.</summary>
    public bool IsAlreadyThere => _existing.IsSame && _options.Readers.Count == 0;

    /// <summary>Whether a masking view of ours has the name, changed or not.</summary>
    internal bool IsThere => _existing.IsThere;

    internal string QuotedView => SqlName.Quote(_options.Schema, _view);

    internal string QuotedTable => SqlName.Quote(Schema, Table);

    internal IReadOnlyList<string> Statements => Forward().ToList();

    /// <summary>What is said where nothing has to be done.</summary>
    public MaskingChange AlreadyCompliant() => Result("AlreadyCompliant", new List<MaskProof>());

    internal MaskingChange Result(string status, IReadOnlyList<MaskProof> proofs) => new()
    {
        Server = _server,
        Database = _database,
        Kind = "MaskingView",
        Target = ViewName,
        Status = status,
        Before = _existing.Query,
        After = _query,
        Proof = MaskProof.Weakest(proofs),
        RowsChecked = proofs.Count == 0 ? null : proofs.Max(proof => proof.Rows),
        RowsEqual = proofs.Count == 0 ? null : proofs.Sum(proof => proof.Equal),
        Remarks = _remarks.Concat(proofs.SelectMany(proof => proof.Remarks)).Concat(StillReading()).ToList(),
        UndoSql = status == "Changed" ? Backward().ToList() : new List<string>(),
    };

    private IEnumerable<string> Forward()
    {
        if (!_schemaExists) yield return $"create schema {SqlName.Quote(_options.Schema)}";
        if (!_existing.IsSame)
        {
            if (_existing.IsThere) yield return $"drop view {QuotedView}";
            yield return $"create view {QuotedView} with (security_barrier = true) as {_query}";
            yield return $"comment on view {QuotedView} is {SqlName.Literal($"{MaskingView.Mark} of {Schema}.{Table}")}";
            yield return $"revoke all on {QuotedView} from public";
        }

        foreach (string role in _options.Readers.Select(reader => SqlName.Quote(reader)))
        {
            yield return $"grant usage on schema {SqlName.Quote(_options.Schema)} to {role}";
            yield return $"grant select on {QuotedView} to {role}";
        }

        foreach (string role in Revoked()) yield return $"revoke select on {QuotedTable} from {role}";
    }

    private IEnumerable<string> Backward()
    {
        foreach (string role in Revoked()) yield return $"grant select on {QuotedTable} to {role}";
        if (!_existing.IsSame) yield return $"drop view {QuotedView}";
        if (_existing is { IsThere: true, IsSame: false })
        {
            yield return $"create view {QuotedView} with (security_barrier = true) as {_existing.Query}";
            yield return $"comment on view {QuotedView} is {SqlName.Literal($"{MaskingView.Mark} of {Schema}.{Table}")}";
        }

        foreach (string role in _existing.IsSame ? _options.Readers : Enumerable.Empty<string>()) yield return $"revoke select on {QuotedView} from {SqlName.Quote(role)}";
        if (!_schemaExists) yield return $"drop schema {SqlName.Quote(_options.Schema)}";
    }

    /// <summary>The grants on the table that are taken: only such as are there, so that the undo gives back no more than there was.</summary>
    private IEnumerable<string> Revoked() => _options.RevokeTable
        ? _tableReaders.Where(reader => reader == "PUBLIC" || _options.Readers.Contains(reader)).Select(reader => reader == "PUBLIC" ? "public" : SqlName.Quote(reader))
        : Enumerable.Empty<string>();

    private IEnumerable<string> StillReading()
    {
        List<string> left = _tableReaders.Where(reader => !_options.RevokeTable || (reader != "PUBLIC" && !_options.Readers.Contains(reader))).ToList();
        if (left.Count > 0) yield return $"NOT MASKED for {string.Join(", ", left)}: these may still read {Schema}.{Table} itself";
    }
}
