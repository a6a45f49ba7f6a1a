using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Sql;
using PgSecurity.Sessions;

namespace PgSecurity.Pipeline;

/// <summary>Looks into the databases of servers with one login, for the controls that were selected.</summary>
internal sealed class DatabaseAudit
{
    private const string GrantsType = "PgSecurity/grants";

    private readonly DatabaseIdentity _login;
    private readonly string? _roots;
    private readonly int _port;
    private readonly IReadOnlyList<string> _databases;
    private readonly WantedGrants? _wanted;
    private readonly ConcurrentQueue<string> _failures = new();

    /// <summary>Makes it.</summary>
    /// <param name="login">Who logs in.</param>
    /// <param name="roots">A PEM file of roots, or null.</param>
    /// <param name="port">The port of the servers.</param>
    /// <param name="databases">The databases, or none for all.</param>
    /// <param name="wanted">The grants that are wanted, or null.</param>
    public DatabaseAudit(DatabaseIdentity login, string? roots, int port, IReadOnlyList<string> databases, WantedGrants? wanted)
    {
        _login = login;
        _roots = roots;
        _port = port;
        _databases = databases;
        _wanted = wanted;
    }

    /// <summary>The posture of a server outside ARM.</summary>
    public Posture Read(string host, IReadOnlyCollection<string> types, CancellationToken stop)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return HostPosture.Create(host, _port, Facets(ServerId.OfHost(host, _port), host, types, stop), now);
    }

    /// <summary>A posture with what its databases say; a server that cannot be reached is a gap with the reason.</summary>
    public Posture Extend(Posture posture, IReadOnlyCollection<string> types, CancellationToken stop)
    {
        if (posture.Id.IsSingleServer || posture.Id.IsHost) return posture;
        string? host = ResourceField.Of(posture.Server, "properties.fullyQualifiedDomainName").Text;
        return string.IsNullOrEmpty(host)
            ? posture.With(Checks(types).Select(check => Facet.Unavailable(check.Type, "the input does not say the server's host name")).ToArray())
            : posture.With(Facets(posture.Id, host!, types, stop).ToArray());
    }

    /// <summary>Servers none of whose databases could be looked into, each with the reason, since this was last asked for.</summary>
    public IEnumerable<string> TakeFailures()
    {
        while (_failures.TryDequeue(out string? failure)) yield return failure;
    }

    /// <summary>Renews what only the pipeline's thread can renew. Called on that thread.</summary>
    public void Renew() => _login.Renew();

    private IReadOnlyList<Facet> Facets(ServerId server, string host, IReadOnlyCollection<string> types, CancellationToken stop)
    {
        DatabaseReader reader = new(_login.ToLogin(_roots).At(host, _port), _databases);

        // The pipeline's threads have no synchronization context; a worker waits here for its one server.
        IReadOnlyList<Facet> facets = Task.Run(() => reader.ReadAsync(server, Checks(types), stop), stop).GetAwaiter().GetResult();
        if (facets.Count > 0 && facets.All(facet => facet.Gap is { Kind: FacetGapKind.Unavailable } gap && gap.Reason == facets[0].Gap!.Reason)) _failures.Enqueue(facets[0].Gap!.Reason);
        return _wanted is null ? facets : facets.Select(facet => facet.Type == GrantsType ? _wanted.Compare(server, facet) : facet).ToList();
    }

    private static IReadOnlyList<DatabaseCheck> Checks(IReadOnlyCollection<string> types) =>
        DatabaseChecks.All.Where(check => types.Contains(check.Type, StringComparer.OrdinalIgnoreCase)).ToList();
}
