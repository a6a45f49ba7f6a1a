using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>Writes the statements of a step in SQL for rows that failed. It changes nothing. Safe for many threads.</summary>
public interface IStatementWriter
{
    /// <summary>Writes them, one change a row; a row for which that cannot be says why.</summary>
    /// <param name="server">The server.</param>
    /// <param name="template">The path of the template.</param>
    /// <param name="check">The check that the rows are of.</param>
    /// <param name="rows">The rows, as read from the server.</param>
    /// <param name="parameters">The control's parameters in force.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ServiceFault">The server cannot be asked.</exception>
    Task<IReadOnlyList<SqlChange>> WriteAsync(
        ServerId server, string template, DatabaseCheck check, IReadOnlyList<Resource> rows, IReadOnlyDictionary<string, JsonElement> parameters, CancellationToken stop);
}
