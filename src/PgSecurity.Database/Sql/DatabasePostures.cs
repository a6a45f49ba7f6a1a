using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Database.Sql;

/// <summary>Servers with what their databases say now: the facets of checks are read by running the checks.</summary>
public sealed class DatabasePostures : IPostureSource
{
    private readonly IPostureSource? _arm;
    private readonly ServerHosts? _hosts;
    private readonly IRoadClock _clock;
    private readonly IReadOnlyList<string> _databases;

    /// <summary>Makes the source.</summary>
    /// <param name="arm">What reads servers of ARM; null where only servers outside it are meant.</param>
    /// <param name="hosts">Where their databases are; null where there is no login to them.</param>
    /// <param name="clock">The time.</param>
    /// <param name="databases">The databases to look into; none for all.</param>
    public DatabasePostures(IPostureSource? arm, ServerHosts? hosts, IRoadClock clock, IReadOnlyList<string> databases)
    {
        _arm = arm;
        _hosts = hosts;
        _clock = clock;
        _databases = databases;
    }

    /// <inheritdoc/>
    public async Task<Posture> ReadAsync(ServerId server, IReadOnlyCollection<string> facets, CancellationToken stop)
    {
        List<DatabaseCheck> checks = DatabaseChecks.All.Where(check => facets.Contains(check.Type, StringComparer.OrdinalIgnoreCase)).ToList();
        if (server.IsHost)
        {
            if (_hosts is null) throw new ServiceFault("", ServerHosts.NoLogin, RetryClass.Never);
            DatabaseTarget host = await _hosts.FindAsync(server, stop).ConfigureAwait(false);
            return HostPosture.Create(host.Host, host.Port, await ReadAsync(server, checks, stop).ConfigureAwait(false), _clock.UtcNow);
        }

        if (_arm is null) throw new ServiceFault("", $"{server.Name} is in Azure, and no connection to Azure was made (Connect-PgSecurity).", RetryClass.Never);
        if (_hosts is null) return await _arm.ReadAsync(server, facets, stop).ConfigureAwait(false);
        List<string> others = facets.Where(type => !DatabaseChecks.IsDatabaseType(type)).ToList();
        Posture posture = await _arm.ReadAsync(server, others, stop).ConfigureAwait(false);
        return checks.Count == 0 ? posture : posture.With((await ReadAsync(server, checks, stop).ConfigureAwait(false)).ToArray());
    }

    /// <inheritdoc/>
    public Task<Posture> AddAsync(Posture posture, Surroundings surroundings, CancellationToken stop) =>
        _arm is null ? Task.FromResult(posture) : _arm.AddAsync(posture, surroundings, stop);

    private async Task<IReadOnlyList<Facet>> ReadAsync(ServerId server, IReadOnlyList<DatabaseCheck> checks, CancellationToken stop)
    {
        if (checks.Count == 0 || _hosts is null) return Array.Empty<Facet>();
        try
        {
            DatabaseTarget target = await _hosts.FindAsync(server, stop).ConfigureAwait(false);
            return await new DatabaseReader(target, _databases).ReadAsync(server, checks, stop).ConfigureAwait(false);
        }
        catch (ServiceFault fault)
        {
            return checks.Select(check => Facet.Unavailable(check.Type, fault.Message)).ToList();
        }
    }
}
