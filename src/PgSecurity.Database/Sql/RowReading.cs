using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Masking;

namespace PgSecurity.Database.Sql;

/// <summary>Reads what an id names in a database: a row of a check, by running the check again, or what a mask is now.</summary>
internal static class RowReading
{
    /// <summary>Whether an id names something that can be read.</summary>
    public static bool Knows(RowId id) => DatabaseChecks.IsDatabaseType(id.Type) || MaskingState.Knows(id.Type);

    /// <summary>What is there; null where nothing is.</summary>
    /// <exception cref="DatabaseException">The server refuses it.</exception>
    /// <exception cref="ServiceFault">It cannot be told.</exception>
    public static async Task<JsonElement?> FindAsync(DatabaseSession session, RowId id, CancellationToken stop)
    {
        if (DatabaseChecks.OfType(id.Type) is not DatabaseCheck check) return await MaskingState.FindAsync(session, id, stop).ConfigureAwait(false);
        Facet facet = await DatabaseReader.ReadAsync(session, id.Server, check, stop).ConfigureAwait(false);
        if (facet.Resources.FirstOrDefault(row => string.Equals(row.Id, id.Id, StringComparison.Ordinal)) is Resource found) return found.Body;
        return facet.Gap is FacetGap gap ? throw new ServiceFault("", gap.Reason, RetryClass.Never) : null;
    }
}
