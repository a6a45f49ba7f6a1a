using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class TestPgClientTrustTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_machine_has_a_store_at_least() =>
        Assert.Equal("SystemStore", _session.RunClean<ClientTrustReport>("Test-PgClientTrust")[0].Source);

    [Theory]
    [InlineData("AzureCloud", TlsOutcome.Pass, TlsOutcome.NotApplicable)]
    [InlineData("AzureChinaCloud", TlsOutcome.Pass, TlsOutcome.Pass)]
    public void A_bundle_with_the_roots_of_now_passes(string cloud, TlsOutcome now, TlsOutcome next)
    {
        ClientTrustReport report = Judge(Roots().Values, cloud);
        Assert.Equal((now, next), (report.Find("RootsNow")!.Outcome, report.Find("RootsNext")!.Outcome));
        Assert.Equal(TlsOutcome.Pass, report.Outcome);
    }

    [Fact]
    public void A_root_that_is_missing_is_named_with_its_fingerprint()
    {
        ClientTrustReport report = Judge([Roots()["DigiCert Global Root CA"]], "AzureCloud");
        Assert.Equal(["RootsNow"], report.Failed);
        Assert.Contains("C741F70F4B2A8D88BF2E71C14122EF53EF10EBA0CFA5E64CFA20F418853073E0", report.Find("RootsNow")!.Observed, StringComparison.Ordinal);
        Assert.Equal(TlsOutcome.Fail, report.Find("NoneLeaving")!.Outcome);
    }

    [Fact]
    public void A_pinned_certificate_and_one_that_is_over_are_told()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=db.contoso.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 old = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-1));
        ClientTrustReport report = Judge(Roots().Values.Append(old.ExportCertificatePem()), "AzureCloud");
        Assert.Equal(["NoPinning", "NoneExpired"], report.Failed);
    }

    [Fact]
    public void A_file_that_is_none_fails_and_is_no_error()
    {
        _folder.Write("broken.pem", "no certificate");
        _session.Go(_folder.FullPath);
        ClientTrustReport report = _session.RunClean<ClientTrustReport>("'broken.pem' | Test-PgClientTrust").Single();
        Assert.Equal(("Readable", TlsOutcome.Fail), (report.Checks.Single().Name, report.Outcome));
    }

    private ClientTrustReport Judge(IEnumerable<string> certificates, string cloud)
    {
        _folder.Write("roots.pem", string.Join("\n", certificates));
        _session.Go(_folder.FullPath);
        return _session.RunClean<ClientTrustReport>($"Test-PgClientTrust roots.pem -Cloud {cloud}").Single();
    }

    private static Dictionary<string, string> Roots()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.At("module", "Defaults", "roots.json")));
        return file.RootElement.GetProperty("roots").EnumerateArray().ToDictionary(
            root => root.GetProperty("name").GetString()!,
            root => PemEncoding.WriteString("CERTIFICATE", root.GetProperty("certificate").GetBytesFromBase64()));
    }
}
