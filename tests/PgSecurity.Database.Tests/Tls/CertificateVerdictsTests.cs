using System;
using System.Linq;
using System.Text;
using PgSecurity.Database.Tests.Tls.Lab;
using PgSecurity.Database.Tls.Certificates;
using PgSecurity.Database.Tls.Verdicts;
using Xunit;

namespace PgSecurity.Database.Tests.Tls;

public sealed class CertificateVerdictsTests : IDisposable
{
    private readonly TestAuthority _authority = new("Lab", "http://127.0.0.1:9");

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void A_short_key_fails() => Assert.Equal(TlsOutcome.Fail, OutcomeOf(new() { KeyBits = 1024 }, TlsCheckNames.KeyStrength));

    [Theory]
    [InlineData("300D06092A864886F70D0101050500", "sha1RSA", true)]
    [InlineData("300D06092A864886F70D0101040500", "md5RSA", true)]
    [InlineData("300906072A8648CE3D0401", "sha1ECDSA", true)]
    [InlineData("300D06092A864886F70D01010B0500", "sha256RSA", false)]
    [InlineData("300A06082A8648CE3D040303", "sha384ECDSA", false)]
    public void A_broken_hash_is_weak(string algorithm, string name, bool isWeak)
    {
        SignatureAlgorithm read = new(Der.Read(Convert.FromHexString(algorithm)));
        Assert.Equal((name, isWeak), (read.Name, read.IsWeak));
    }

    [Fact]
    public void A_usual_key_passes() => Assert.Equal(TlsOutcome.Pass, OutcomeOf(new(), TlsCheckNames.KeyStrength));

    [Theory]
    [InlineData("db.example.com", "db.example.com", true)]
    [InlineData("DB.example.com", "db.EXAMPLE.com.", true)]
    [InlineData("*.example.com", "db.example.com", true)]
    [InlineData("*.example.com", "a.db.example.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.com", "example.com", false)]
    [InlineData("10.0.0.4", "10.0.0.4", true)]
    [InlineData("db.example.com", "10.0.0.4", false)]
    [InlineData("xn--bcher-kva.example", "bücher.example", true)]
    public void Names_match_as_clients_match_them(string certified, string name, bool isMatch) =>
        Assert.Equal(isMatch ? TlsOutcome.Pass : TlsOutcome.Fail, OutcomeOf(new() { Names = [certified] }, TlsCheckNames.HostName, name));

    [Fact]
    public void The_roots_of_Azure_are_those_whose_fingerprints_stand_in_the_file()
    {
        Assert.Equal(
            ["CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F", "C741F70F4B2A8D88BF2E71C14122EF53EF10EBA0CFA5E64CFA20F418853073E0"],
            AzureRoots.Known.All.Where(root => root.UseIn("AzureCloud") == RootUse.Now).Select(root => root.Certificate.Sha256));
        Assert.All(AzureRoots.Known.All, root => Assert.Equal(PathEnd.TrustedRoot, CertificatePath.Find(root.Certificate, [], [root.Certificate]).End));
        Assert.All(AzureRoots.Known.All, root => Assert.Equal(PathEnd.OtherRoot, CertificatePath.Find(root.Certificate, [], []).End));
        Assert.Equal("AzureChinaCloud", AzureRoots.Known.CloudOf("x.postgres.database.chinacloudapi.cn"));
        Assert.Null(AzureRoots.Known.CloudOf("postgres.database.azure.com.evil.example"));
    }

    [Fact]
    public void A_certificate_that_was_changed_leads_nowhere()
    {
        Certificate[] chain = CertificatePem.Read(Encoding.ASCII.GetBytes(_authority.Issue(new()).Chain)).ToArray();
        Certificate root = CertificatePem.Read(Encoding.ASCII.GetBytes(_authority.RootPem)).Single();
        Assert.Equal(PathEnd.TrustedRoot, CertificatePath.Find(chain[0], chain[1..], [root]).End);
        byte[] bytes = chain[0].Bytes.ToArray();
        bytes[chain[0].Bytes.Length / 3] ^= 1;
        Certificate changed;
        try
        {
            changed = Certificate.Read(bytes);
        }
        catch (FormatException)
        {
            return;
        }

        Assert.Equal(PathEnd.IssuerMissing, CertificatePath.Find(changed, chain[1..], [root]).End);
    }

    [Fact]
    public void A_server_may_not_issue_certificates()
    {
        // The server's own certificate in the place of an authority.
        Certificate[] chain = CertificatePem.Read(Encoding.ASCII.GetBytes(_authority.Issue(new()).Chain)).ToArray();
        Assert.False(chain[0].IsAuthority);
        Assert.True(chain[1].IsAuthority);
        Assert.Equal(0, chain[1].PathLength);
    }

    private TlsOutcome OutcomeOf(ServerWish wish, string check, string name = "localhost")
    {
        Certificate[] chain = CertificatePem.Read(Encoding.ASCII.GetBytes(_authority.Issue(wish).Chain)).ToArray();
        string file = System.IO.Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(file, _authority.RootPem);
            TrustAnchors anchors = TrustAnchors.OfFiles([file], name);
            CertificatePath path = CertificatePath.Find(chain[0], chain[1..], anchors.Roots);
            return new CertificateVerdicts(chain, path, anchors, DateTimeOffset.UtcNow).Of(name).Single(verdict => verdict.Name == check).Outcome;
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }
}
