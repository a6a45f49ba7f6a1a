using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>All guards.</summary>
public static class ChangeGuards
{
    private static readonly IGuard[] All =
    {
        new ServerStateGuard(), new LockGuard(), new ParameterGuard(), new CreationGuard(), new PublicAccessGuard(), new PasswordGuard(),
        new EntraGuard(), new AdministratorGuard(), new ScramGuard(), new TransportGuard(), new FirewallGuard(), new HighAvailabilityGuard(),
        new ThreatProtectionGuard(), new RetentionGuard(), new KeyGuard(), new RotationGuard(), new PrivateEndpointGuard(),
        new NewServerGuard(), new OneWayGuard(), new RestartGuard(), new RowGuard(),
    };

    /// <summary>Everything that stands against a change, refusals first.</summary>
    public static IReadOnlyList<GuardVerdict> Judge(GuardedChange change) =>
        All.SelectMany(guard => guard.Judge(change)).OrderBy(verdict => verdict.Needs is null ? 0 : 1).ToList();
}
