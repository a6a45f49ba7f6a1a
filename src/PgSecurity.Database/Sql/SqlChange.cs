using System.Collections.Generic;

namespace PgSecurity.Database.Sql;

/// <summary>What repairs one row, written out: what would be sent, and what would take it back.</summary>
/// <param name="ResourceId">The id of the row's resource.</param>
/// <param name="Database">The database in which it runs.</param>
/// <param name="Forward">The statements; none where this row has no repair.</param>
/// <param name="Inverse">The statements that take it back, in the order in which they run; none where there is no way back.</param>
public sealed record SqlChange(string ResourceId, string Database, IReadOnlyList<string> Forward, IReadOnlyList<string> Inverse);
