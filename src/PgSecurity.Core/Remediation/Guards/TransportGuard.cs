using System.Collections.Generic;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Clients without TLS, or with an old version of it, lose their connection.</summary>
internal sealed class TransportGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        string value = change.Change is Targets.ParameterChange ? Targets.ParameterChange.ValueOf(change.Body) : "";
        if (change.SetsParameter("require_secure_transport") && GuardedChange.Is(value, "on"))
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Clients that connect without TLS are refused.");
        }

        if (change.SetsParameter("ssl_min_protocol_version")
            && Version(value) > Version(Targets.ParameterChange.Property(change.Current, "value"))
            && Version(value) > Lowest)
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, $"Clients that cannot speak {value} are refused.");
        }
    }

    // The service itself refuses everything below TLS 1.2: up to there nobody loses anything.
    private const int Lowest = 2;

    private static int Version(string name) => name.ToUpperInvariant() switch
    {
        "TLSV1.3" => 3,
        "TLSV1.2" => 2,
        "TLSV1.1" => 1,
        _ => 0,
    };
}
