using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Database.Masking;

namespace PgSecurity.Database.Sql;

/// <summary>Runs checks in the database of one session; what several of them need is read once.</summary>
internal sealed class CheckRun
{
    private readonly DatabaseSession _session;
    private string? _sensitiveColumns;

    public CheckRun(DatabaseSession session) => _session = session;

    /// <summary>Runs a check. What is refused is a gap with its reason.</summary>
    /// <exception cref="DatabaseException">The server is gone: no other check would fare better.</exception>
    public async Task RunAsync(CheckResult result, CancellationToken cancellation)
    {
        DatabaseCheck check = result.Check;
        if (_session.ServerVersion.Major < check.MinimumVersion)
        {
            result.Add(_session.Database, Array.Empty<JsonElement>());
            return;
        }

        try
        {
            string query = check.Query;
            if (check.Guard is string guard)
            {
                string? answer = await _session.ScalarAsync(guard, null, cancellation).ConfigureAwait(false);
                if (answer is null || string.Equals(answer, bool.FalseString, StringComparison.OrdinalIgnoreCase))
                {
                    result.Miss(_session.Database, check.Needs);
                    return;
                }

                query = Put(query, DatabaseCheck.GuardPlace, answer);
            }

            if (check.NeedsSensitiveColumns)
            {
                _sensitiveColumns ??= await SensitiveColumnsAsync(cancellation).ConfigureAwait(false);
                query = Put(query, DatabaseCheck.SensitiveColumnsPlace, _sensitiveColumns);
            }

            result.Add(_session.Database, await _session.QueryAsync(query, cancellation).ConfigureAwait(false));
        }
        catch (DatabaseException failure)
        {
            result.Miss(_session.Database, failure.Message);
            if (failure.Kind is DatabaseFailure.Unreachable or DatabaseFailure.Login) throw;
        }
    }

    /// <summary>What looks sensitive, as a literal: numbers of the catalog and names of categories, no name of the user's.</summary>
    private async Task<string> SensitiveColumnsAsync(CancellationToken cancellation)
    {
        IReadOnlyList<CatalogColumn> columns = await _session.ReadAsync(ColumnCatalog.Columns, ColumnCatalog.Row, cancellation).ConfigureAwait(false);
        IReadOnlyDictionary<ColumnName, SensitiveMatch> matches = SensitiveNames.Default.Match(columns);
        IEnumerable<string> rows = columns
            .Where(column => matches.TryGetValue(column.Name, out SensitiveMatch? match) && match.Confidence > MatchConfidence.Low)
            .Select(column => string.Format(CultureInfo.InvariantCulture, "{{\"relid\":{0},\"attnum\":{1},\"category\":\"{2}\"}}", column.Relation, column.Number, matches[column.Name].Category.Name));
        return SqlName.Literal("[" + string.Join(",", rows) + "]") + "::jsonb";
    }

    private static string Put(string query, string place, string text) => string.Join(text, query.Split(new[] { place }, StringSplitOptions.None));
}
