using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>Reads servers anew: what came through a pipeline is never evidence for a change. Safe for many threads.</summary>
public interface IPostureSource
{
    /// <summary>Reads a server with some of its facets; what cannot be had is a facet with a gap.</summary>
    /// <param name="server">The server.</param>
    /// <param name="facets">The types of the facets wanted.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ServiceFault">The server itself cannot be read.</exception>
    Task<Posture> ReadAsync(ServerId server, IReadOnlyCollection<string> facets, CancellationToken stop);
}
