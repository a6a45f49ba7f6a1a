using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Database.Sql;

/// <summary>
/// The step <c>runSql</c>: writes the statements of a template for rows that failed. It runs nothing; the road of a change
/// does, and judges the control again after.
/// </summary>
public sealed class SqlRepair : IStatementWriter
{
    private readonly ServerHosts _hosts;

    /// <summary>Makes it.</summary>
    /// <param name="hosts">Where the servers' databases are, and the login that would make the changes.</param>
    public SqlRepair(ServerHosts hosts) => _hosts = hosts;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SqlChange>> WriteAsync(
        ServerId server,
        string template,
        DatabaseCheck check,
        IReadOnlyList<Resource> rows,
        IReadOnlyDictionary<string, JsonElement> parameters,
        CancellationToken stop)
    {
        DatabaseTarget target = await _hosts.FindAsync(server, stop).ConfigureAwait(false);
        try
        {
            return await WriteAsync(target, SqlTemplate.Load(template), check, rows, parameters, stop).ConfigureAwait(false);
        }
        catch (DatabaseException failure)
        {
            throw DatabaseFaults.Of(failure);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ServiceFault("", $"The statements of {Path.GetFileName(template)} cannot be read: {wrong.Message}", RetryClass.Never, wrong);
        }
    }

    private static async Task<IReadOnlyList<SqlChange>> WriteAsync(
        DatabaseTarget target,
        SqlTemplate template,
        DatabaseCheck check,
        IReadOnlyList<Resource> rows,
        IReadOnlyDictionary<string, JsonElement> parameters,
        CancellationToken stop)
    {
        List<SqlChange> changes = new();
        foreach (IGrouping<string, Resource> group in rows.GroupBy(row => DatabaseOf(row, check), StringComparer.Ordinal))
        {
            DatabaseSession session = await DatabaseSession.OpenAsync(target, group.Key, SessionAccess.Read, stop).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                foreach (Resource row in group)
                {
                    JsonElement properties = row.Body.GetProperty("properties");
                    SqlValues values = new(session, properties, parameters);
                    changes.Add(await WriteAsync(template, check, row.Id, group.Key, properties, values, stop).ConfigureAwait(false) with { Login = target.UserName });
                }
            }
        }

        return changes;
    }

    private static async Task<SqlChange> WriteAsync(
        SqlTemplate template, DatabaseCheck check, string id, string database, JsonElement row, SqlValues values, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<string> forward = await WriteAsync(template, true, row, values, stop).ConfigureAwait(false);
            IReadOnlyList<string> inverse = forward.Count == 0 ? Array.Empty<string>() : await WriteAsync(template, false, row, values, stop).ConfigureAwait(false);

            // A value that was covered when it was read cannot be put back.
            bool isCovered = inverse.Any(SecretText.IsCovered);
            return new SqlChange(id, database, forward, isCovered ? Array.Empty<string>() : inverse) { Columns = template.Columns.Except(check.Moving).ToList() };
        }
        catch (SqlRepairException wrong)
        {
            return new SqlChange(id, database, Array.Empty<string>(), Array.Empty<string>()) { Problem = wrong.Message };
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
