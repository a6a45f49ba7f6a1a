using System;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;

namespace PgSecurity.Database.Tls;

/// <summary>
/// What a probe found, as resources of <c>PgSecurity/tlsEndpoints</c>: one a check, so that a control asks for one. All
/// checks are always there: what was not reached is unknown, never absent, since nothing may pass for want of a probe.
/// </summary>
public static class TlsEndpointFacet
{
    private static readonly string[] Names =
    {
        TlsCheckNames.Connection, TlsCheckNames.PlainTextRefused, TlsCheckNames.LegacyVersionsRefused, TlsCheckNames.Tls13Accepted,
        TlsCheckNames.CipherStrength, TlsCheckNames.FallbackProtected, TlsCheckNames.HostName, TlsCheckNames.Validity,
        TlsCheckNames.ChainComplete, TlsCheckNames.TrustedRoot, TlsCheckNames.RootCurrent, TlsCheckNames.Revocation,
        TlsCheckNames.KeyStrength, TlsCheckNames.TrustFile, TlsCheckNames.PostQuantumGroup, TlsCheckNames.DirectTls,
        TlsCheckNames.Authentication, TlsCheckNames.ChannelBinding, TlsCheckNames.GssEncryption,
    };

    /// <summary>The facet of a report.</summary>
    public static Facet Of(TlsReport report, Posture posture) =>
        new(ControlRequirement.TlsEndpoints, Names.Select(name => Resource(name, report, posture)).ToList());

    /// <summary>The facet of a server that could not be asked at all.</summary>
    public static Facet Unavailable(string reason) => Facet.Unavailable(ControlRequirement.TlsEndpoints, reason);

    private static Resource Resource(string name, TlsReport report, Posture posture)
    {
        TlsCheck? check = report.Find(name);
        string endpoint = FormattableString.Invariant($"{report.HostName}:{report.Port}");
        Fact fact = new Fact().Set("check", name).Set("hostName", report.HostName).Set("port", report.Port).Set("state", report.State.ToString());
        if (check is null && report.State == TlsEndpointState.NoTls)
        {
            return fact.Set("outcome", nameof(TlsOutcome.NotApplicable)).Summarize($"{endpoint} has no TLS").ToResource(posture, ControlRequirement.TlsEndpoints, name);
        }

        string observed = check?.Observed ?? report.Detail;
        fact = check?.Outcome is TlsOutcome.Pass or TlsOutcome.Fail or TlsOutcome.NotApplicable
            ? fact.Set("outcome", check.Outcome.ToString())
            : fact.SetUnknown("outcome", $"{endpoint}: {observed}");
        return fact.Summarize($"{endpoint}: {observed}").ToResource(posture, ControlRequirement.TlsEndpoints, name);
    }
}
