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

    /// <summary>Adds what stands around a server; what cannot be had leaves a facet with a gap that says why.</summary>
    /// <param name="posture">The server as read.</param>
    /// <param name="surroundings">What is wanted.</param>
    /// <param name="stop">Ends the wait.</param>
    Task<Posture> AddAsync(Posture posture, Surroundings surroundings, CancellationToken stop);
}
