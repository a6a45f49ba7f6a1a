using System;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Tls.Lab;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Tls;

/// <summary>The probe against a real PostgreSQL.</summary>
public sealed class TlsProbeTests(TlsLab lab) : IClassFixture<TlsLab>
{
    private const string OldVersions = "ssl_ciphers = 'ALL:@SECLEVEL=0'\n";

    [PostgresTheory]
    [InlineData("TLSv1", "TLSv1")]
    [InlineData("TLSv1.1", "TLSv1.1")]
    [InlineData("TLSv1.2", "TLSv1.2")]
    [InlineData("TLSv1.3", "TLSv1.3")]
    [InlineData("TLSv1.2", "TLSv1.3")]
    [InlineData("TLSv1", "TLSv1.3")]
    public async Task Each_version_is_accepted_or_refused_as_the_server_is_set(string minimum, string maximum)
    {
        string[] order = ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
        TlsReport report = await lab.ProbeAsync(
            lab.Ours.Issue(new()), $"{OldVersions}ssl_min_protocol_version = '{minimum}'\nssl_max_protocol_version = '{maximum}'");
        foreach (TlsVersionResult version in report.Versions)
        {
            int at = Array.IndexOf(order, version.Version);
            bool isOn = at >= Array.IndexOf(order, minimum) && at <= Array.IndexOf(order, maximum);
            Assert.Equal((version.Version, isOn ? TlsSupport.Accepted : TlsSupport.Refused), (version.Version, version.Support));
            Assert.Equal(isOn, version.CipherSuites.Count > 0);
        }

        Assert.Equal(minimum is "TLSv1" or "TLSv1.1" ? TlsOutcome.Fail : TlsOutcome.Pass, report.Find(TlsCheckNames.LegacyVersionsRefused)!.Outcome);
        Assert.Equal(maximum == "TLSv1.3" ? TlsOutcome.Pass : TlsOutcome.Fail, report.Find(TlsCheckNames.Tls13Accepted)!.Outcome);
        Assert.Equal(minimum == maximum ? TlsOutcome.NotApplicable : TlsOutcome.Pass, report.Find(TlsCheckNames.FallbackProtected)!.Outcome);
        Assert.NotEmpty(report.Certificates);
    }

    [PostgresFact]
    public async Task What_this_machine_may_not_try_is_not_tested_and_never_refused()
    {
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new()), OldVersions + "ssl_min_protocol_version = 'TLSv1'\nssl_max_protocol_version = 'TLSv1.1'");
        Assert.All(report.Versions.Where(version => version.Version is "TLSv1" or "TLSv1.1"), version =>
        {
            Assert.Equal(TlsSupport.Accepted, version.Support);
            Assert.Contains(version.Handshake, new[] { TlsOutcome.NotTested, TlsOutcome.Pass });
        });
        Assert.NotEqual(TlsOutcome.Pass, report.Outcome);
    }

    [PostgresFact]
    public async Task A_good_server_passes_all_that_is_more_than_informational()
    {
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new()), "ssl_min_protocol_version = 'TLSv1.3'");
        Assert.Equal(TlsEndpointState.Tls, report.State);
        Assert.Empty(report.Failed);
        Assert.Empty(report.Undecided);
        Assert.Equal(TlsOutcome.Pass, report.Outcome);
        Assert.Equal(["CN=localhost", "CN=Lab Issuing CA, O=Lab", "CN=Lab Root CA, O=Lab"], report.Certificates.Select(certificate => certificate.Subject));
        Assert.Equal([true, true, false], report.Certificates.Select(certificate => certificate.IsSent));
        Assert.Equal(("TLSv1.3", "SCRAM-SHA-256"), (report.NegotiatedVersion, report.AuthenticationMethod));
        Assert.Equal(TlsOutcome.Pass, report.Find(TlsCheckNames.ChannelBinding)!.Outcome);
        Assert.Equal(TlsOutcome.Pass, report.Find(TlsCheckNames.PlainTextRefused)!.Outcome);
    }

    public static TheoryData<string, string[]> BadCertificates() => new()
    {
        { "expired", [TlsCheckNames.Validity] },
        { "not yet", [TlsCheckNames.Validity] },
        { "for clients", [TlsCheckNames.Validity] },
        { "wrong name", [TlsCheckNames.HostName] },
        { "revoked", [TlsCheckNames.Revocation] },
        { "revoked by OCSP", [TlsCheckNames.Revocation] },
        { "missing intermediate, named", [TlsCheckNames.ChainComplete] },
        { "unknown authority", [TlsCheckNames.TrustedRoot] },
        { "unknown root, sent", [TlsCheckNames.TrustedRoot] },
    };

    [PostgresTheory]
    [MemberData(nameof(BadCertificates))]
    public async Task What_is_wrong_with_a_certificate_has_its_own_verdict(string kind, string[] failed)
    {
        TlsReport report = await lab.ProbeAsync(Files(kind), "ssl_min_protocol_version = 'TLSv1.3'");
        Assert.Equal(failed, report.Failed);
    }

    /// <summary>An intermediate that was left out, a root that nobody trusts below the server, and one below an authority: on the wire they look alike.</summary>
    [PostgresTheory]
    [InlineData("missing intermediate", "CN=localhost", "CN=Lab Issuing CA, O=Lab")]
    [InlineData("missing intermediate, gone from its address", "CN=localhost", "CN=Lab Issuing CA, O=Lab")]
    [InlineData("unknown root", "CN=localhost", "CN=Other Root CA, O=Lab")]
    [InlineData("unknown authority", "CN=Other Issuing CA, O=Lab", "CN=Other Root CA, O=Lab")]
    public async Task A_chain_whose_end_says_nothing_of_its_issuer_is_not_called_one_thing_or_the_other(string kind, string end, string issuer)
    {
        bool isNamed = kind.EndsWith("address", StringComparison.Ordinal);
        TlsReport report = await lab.ProbeAsync(Files(kind), how: options => options with { Downloads = !isNamed });
        string open = $"the chain ends at '{end}', whose issuer '{issuer}' was not sent";
        const string Either = ": a missing intermediate or an unknown root, which cannot be told apart";
        TlsCheck complete = report.Find(TlsCheckNames.ChainComplete)!;
        TlsCheck root = report.Find(TlsCheckNames.TrustedRoot)!;
        Assert.Equal((TlsOutcome.Unknown, TlsOutcome.Fail), (complete.Outcome, root.Outcome));
        Assert.StartsWith(open, complete.Observed, StringComparison.Ordinal);
        Assert.Contains(open, root.Observed, StringComparison.Ordinal);
        Assert.All([complete, root], check => Assert.EndsWith(Either, check.Observed, StringComparison.Ordinal));
        Assert.Equal(isNamed, complete.Observed.Contains("/issuing.crt", StringComparison.Ordinal));
        Assert.NotEqual(TlsOutcome.Pass, report.Outcome);
        Assert.NotEqual(TlsOutcome.Pass, report.Find(TlsCheckNames.Revocation)!.Outcome);
    }

    [PostgresFact]
    public async Task An_intermediate_that_was_not_sent_is_told_from_an_unknown_root_by_what_the_certificate_says_of_its_issuer()
    {
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new() { LeavesIssuerOut = true, NamesIssuersIssuer = true }));
        Assert.Equal((TlsOutcome.Fail, TlsOutcome.Unknown), (report.Find(TlsCheckNames.ChainComplete)!.Outcome, report.Find(TlsCheckNames.TrustedRoot)!.Outcome));
        Assert.Contains("an intermediate by 'CN=Lab Root CA, O=Lab'", report.Find(TlsCheckNames.ChainComplete)!.Observed, StringComparison.Ordinal);

        report = await lab.ProbeAsync(lab.Others.Issue(new() { ByRoot = true, NamesIssuersIssuer = true }));
        Assert.Equal((TlsOutcome.Pass, TlsOutcome.Fail), (report.Find(TlsCheckNames.ChainComplete)!.Outcome, report.Find(TlsCheckNames.TrustedRoot)!.Outcome));
    }

    [PostgresFact]
    public async Task A_root_of_a_trusted_name_and_another_key_is_not_trusted()
    {
        using TestAuthority impostor = new("Lab", lab.Ours.PublishedAt);
        TlsReport report = await lab.ProbeAsync(impostor.Issue(new() { ByRoot = true }));
        Assert.Equal((TlsOutcome.Pass, TlsOutcome.Fail), (report.Find(TlsCheckNames.ChainComplete)!.Outcome, report.Find(TlsCheckNames.TrustedRoot)!.Outcome));
        Assert.Contains("and is another", report.Find(TlsCheckNames.TrustedRoot)!.Observed, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task An_intermediate_in_the_file_of_roots_is_pinned()
    {
        string file = lab.Write("pinned.pem", lab.Ours.RootPem + lab.Ours.IssuingPem);
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new()), how: options => options with { RootFiles = [file] });
        Assert.Equal(TlsOutcome.Fail, report.Find(TlsCheckNames.TrustFile)!.Outcome);
        Assert.Equal(TlsOutcome.Pass, report.Find(TlsCheckNames.TrustedRoot)!.Outcome);
    }

    [PostgresTheory]
    [InlineData("gone.crl")]
    [InlineData("old.crl")]
    [InlineData("forged.crl")]
    [InlineData("garbage.crl")]
    [InlineData(null)]
    public async Task A_list_that_cannot_be_believed_leaves_revocation_open(string? list)
    {
        lab.Ours.Publish("old.crl", lab.Ours.OldList());
        lab.Ours.Publish("forged.crl", lab.Ours.ForgedList());
        lab.Ours.Publish("garbage.crl", [0x30, 0x82, 0xff, 0xff, 1]);
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new() { List = list }));
        Assert.Equal(TlsOutcome.Unknown, report.Find(TlsCheckNames.Revocation)!.Outcome);
    }

    [PostgresFact]
    public async Task Good_by_OCSP_passes_and_not_asked_is_not_tested()
    {
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new() { List = null, Ocsp = true }));
        Assert.Equal(TlsOutcome.Pass, report.Find(TlsCheckNames.Revocation)!.Outcome);
        report = await lab.ProbeAsync(lab.Server.Port, how: options => options with { Downloads = false, BeginsLogIn = false });
        Assert.Equal(TlsOutcome.NotTested, report.Find(TlsCheckNames.Revocation)!.Outcome);
        Assert.Equal(TlsOutcome.NotTested, report.Find(TlsCheckNames.PlainTextRefused)!.Outcome);
    }

    [PostgresFact]
    public async Task A_server_of_Azure_must_end_at_a_root_of_Azure()
    {
        TlsReport report = await lab.ProbeAsync(
            lab.Ours.Issue(new() { Names = ["db.postgres.database.azure.com"] }), name: "db.postgres.database.azure.com", how: options => options with { RootFiles = [] });
        Assert.Equal(TlsOutcome.Fail, report.Find(TlsCheckNames.TrustedRoot)!.Outcome);
        Assert.Equal(TlsOutcome.Pass, report.Find(TlsCheckNames.HostName)!.Outcome);
    }

    [PostgresFact]
    public async Task Weak_suites_and_groups_are_told()
    {
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new()), "ssl_ciphers = 'ECDHE-RSA-AES256-GCM-SHA384:AES128-SHA'\nssl_ecdh_curve = 'prime256v1'");
        Assert.Equal(TlsOutcome.Fail, report.Find(TlsCheckNames.CipherStrength)!.Outcome);
        Assert.Equal(
            ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA"],
            report.Versions.Single(version => version.Version == "TLSv1.2").CipherSuites.Order(StringComparer.Ordinal));
        Assert.Equal(["P-256"], report.Groups.Where(group => group.Support == TlsSupport.Accepted).Select(group => group.Name));

        report = await lab.ProbeAsync(lab.Ours.Issue(new()), "ssl_ciphers = 'ECDHE-RSA-AES256-GCM-SHA384'");
        Assert.Equal(TlsOutcome.Pass, report.Find(TlsCheckNames.CipherStrength)!.Outcome);
    }

    [PostgresTheory]
    [InlineData("hostssl all all 127.0.0.1/32 scram-sha-256", "SCRAM-SHA-256", TlsOutcome.Pass, TlsOutcome.Pass)]
    [InlineData("host all all 127.0.0.1/32 scram-sha-256", "SCRAM-SHA-256", TlsOutcome.Pass, TlsOutcome.Fail)]
    [InlineData("hostssl all all 127.0.0.1/32 password", "ClearText", TlsOutcome.Fail, TlsOutcome.Pass)]
    [InlineData("host all all 127.0.0.1/32 reject", "", TlsOutcome.Unknown, TlsOutcome.Unknown)]
    public async Task What_a_client_is_asked_for_is_told(string rules, string method, TlsOutcome authentication, TlsOutcome plain)
    {
        TlsReport report = await lab.ProbeAsync(lab.Ours.Issue(new()), rules: rules + "\n");
        Assert.Equal(method, report.AuthenticationMethod);
        Assert.Equal(authentication, report.Find(TlsCheckNames.Authentication)!.Outcome);
        Assert.Equal(plain, report.Find(TlsCheckNames.PlainTextRefused)!.Outcome);
    }

    [PostgresFact]
    public async Task A_server_without_TLS_says_so()
    {
        TlsReport report = await lab.ProbeAsync(null, rules: "host all all 127.0.0.1/32 scram-sha-256\n");
        Assert.Equal(TlsEndpointState.NoTls, report.State);
        Assert.Equal([TlsCheckNames.Connection, TlsCheckNames.PlainTextRefused], report.Failed);
    }

    private ServerFiles Files(string kind) => kind switch
    {
        "expired" => lab.Ours.Issue(new() { Until = DateTimeOffset.UtcNow.AddDays(-1) }),
        "not yet" => lab.Ours.Issue(new() { From = DateTimeOffset.UtcNow.AddDays(2) }),
        "for clients" => lab.Ours.Issue(new() { Usage = "1.3.6.1.5.5.7.3.2" }),
        "wrong name" => lab.Ours.Issue(new() { Names = ["other.example"] }),
        "revoked" => lab.Ours.Issue(new() { IsRevoked = true }),
        "revoked by OCSP" => lab.Ours.Issue(new() { IsRevoked = true, Ocsp = true, List = null }),
        "missing intermediate" => lab.Ours.Issue(new() { LeavesIssuerOut = true }),
        "unknown root" => lab.Others.Issue(new() { ByRoot = true }),
        "missing intermediate, gone from its address" or "missing intermediate, named" => lab.Ours.Issue(new() { LeavesIssuerOut = true, NamesIssuer = true }),
        "unknown authority" => lab.Others.Issue(new()),
        _ => lab.Others.Issue(new() { SendsRoot = true }),
    };
}
