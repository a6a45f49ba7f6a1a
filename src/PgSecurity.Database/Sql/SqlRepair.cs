using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;

namespace PgSecurity.Database.Sql;

/// <summary>
/// The step <c>runSql</c>: writes the statements of a template for rows that failed, and runs them or their inverse, all of a
/// database in one transaction with a limit on locks. It decides nothing: rows are to be read anew before, and the control
/// judged again after.
/// </summary>
public sealed class SqlRepair
{
    private static readonly IReadOnlyDictionary<string, JsonElement> NoParameters = new Dictionary<string, JsonElement>();

    private readonly DatabaseTarget _target;

    /// <summary>Makes it.</summary>
    /// <param name="target">The server, and a login that may make the changes.</param>
    public SqlRepair(DatabaseTarget target) => _target = target;

    /// <summary>Writes the statements for rows. Nothing is changed.</summary>
    /// <param name="template">The template.</param>
    /// <param name="check">The check that the rows are of.</param>
    /// <param name="rows">The rows that failed, as resources.</param>
    /// <param name="parameters">The control's parameters in force.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SqlRepairException">A row lacks what the template needs, or holds what no place takes.</exception>
    /// <exception cref="DatabaseException">The server cannot be asked.</exception>
    public async Task<IReadOnlyList<SqlChange>> PlanAsync(
        SqlTemplate template,
        DatabaseCheck check,
        IReadOnlyList<Resource> rows,
        IReadOnlyDictionary<string, JsonElement>? parameters = null,
        CancellationToken cancellation = default)
    {
        List<SqlChange> changes = new();
        foreach (IGrouping<string, Resource> group in rows.GroupBy(row => DatabaseOf(row, check), StringComparer.Ordinal))
        {
            DatabaseSession session = await DatabaseSession.OpenAsync(_target, group.Key, SessionAccess.Read, cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                foreach (Resource row in group)
                {
                    JsonElement properties = row.Body.GetProperty("properties");
                    SqlValues values = new(session, properties, parameters ?? NoParameters);
                    IReadOnlyList<string> forward = await WriteAsync(template, true, properties, values, cancellation).ConfigureAwait(false);
                    IReadOnlyList<string> inverse = forward.Count == 0
                        ? Array.Empty<string>()
                        : await WriteAsync(template, false, properties, values, cancellation).ConfigureAwait(false);
                    changes.Add(new SqlChange(row.Id, group.Key, forward, inverse));
                }
            }
        }

        return changes;
    }

    /// <summary>Runs changes: those of a database in one transaction.</summary>
    /// <exception cref="DatabaseException">The server refuses one: nothing was changed in its database.</exception>
    public Task ApplyAsync(IReadOnlyList<SqlChange> changes, CancellationToken cancellation = default) =>
        RunAsync(changes, change => change.Forward, cancellation);

    /// <summary>Takes changes back, the last one first: those of a database in one transaction.</summary>
    /// <exception cref="DatabaseException">The server refuses one: nothing was changed in its database.</exception>
    public Task UndoAsync(IReadOnlyList<SqlChange> changes, CancellationToken cancellation = default) =>
        RunAsync(changes.Reverse().ToList(), change => change.Inverse, cancellation);

    private async Task RunAsync(
        IReadOnlyList<SqlChange> changes, Func<SqlChange, IReadOnlyList<string>> statementsOf, CancellationToken cancellation)
    {
        foreach (IGrouping<string, SqlChange> group in changes.GroupBy(change => change.Database, StringComparer.Ordinal))
        {
            List<string> statements = group.SelectMany(statementsOf).ToList();
            if (statements.Count == 0) continue;
            DatabaseSession session = await DatabaseSession.OpenAsync(_target, group.Key, SessionAccess.Write, cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await session.ExecuteAsync(statements, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(
        SqlTemplate template, bool forward, JsonElement row, SqlValues values, CancellationToken cancellation)
    {
        List<string> statements = new();
        foreach (SqlSection section in template.Sections.Where(section => section.IsForward == forward && section.HoldsFor(row)))
        {
            statements.Add(await values.FillAsync(section.Statement, cancellation).ConfigureAwait(false));
        }

        return statements;
    }

    private static string DatabaseOf(Resource row, DatabaseCheck check) => check.Scope == DatabaseScope.Database
        ? row.Body.GetProperty("properties").GetProperty("database").GetString()!
        : DatabaseReader.EntryDatabase;
}
