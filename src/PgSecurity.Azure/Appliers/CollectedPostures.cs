using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Azure.Appliers;

/// <summary>Servers as they are now, each collected anew: what an earlier run knew is never evidence for a change.</summary>
public sealed class CollectedPostures : IPostureSource
{
    private readonly AzureSession _session;

    /// <summary>Makes the source.</summary>
    public CollectedPostures(AzureSession session) => _session = session;

    /// <inheritdoc/>
    public async Task<Posture> ReadAsync(ServerId server, IReadOnlyCollection<string> facets, CancellationToken stop)
    {
        CollectedServer collected = await new CollectionRun(_session, facets, stop).CollectAsync(server).ConfigureAwait(false);
        if (collected.Posture is Posture posture) return posture;
        ArmFault fault = collected.Fault ?? throw new InvalidOperationException($"Nothing is known of {server.Value}.");
        throw new ServiceFault(fault.Code, fault.Reason, RetryClass.Never) { RequestId = fault.RequestId };
    }

    /// <inheritdoc/>
    public Task<Posture> AddAsync(Posture posture, Surroundings surroundings, CancellationToken stop) =>
        new SurroundingReads(_session, stop).AddAsync(posture, surroundings);
}
