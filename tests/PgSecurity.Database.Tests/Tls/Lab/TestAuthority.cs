using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PgSecurity.Database.Tests.Tls.Lab;

/// <summary>A private authority: a root, an intermediate, and servers' certificates of every kind of badness.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _issuing;
    private readonly Dictionary<string, byte[]> _published = [];
    private readonly HashSet<string> _revoked = [];
    private int _serial = 0x11000000;

    public TestAuthority(string name, string publishedAt)
    {
        PublishedAt = publishedAt;
        _root = Authority($"CN={name} Root CA, O=Lab", null, null);
        _issuing = Authority($"CN={name} Issuing CA, O=Lab", _root, 0);
        Publish("root.crl", ListOf(_root, []));
        Publish("issuing.crt", _issuing.RawData);
        PublishList();
    }

    /// <summary>The address of a folder on loopback that <see cref="Answer"/> serves.</summary>
    public string PublishedAt { get; }

    public string RootPem => _root.ExportCertificatePem() + "\n";

    public string IssuingPem => _issuing.ExportCertificatePem() + "\n";

    /// <summary>The chain of a server with its key, as PostgreSQL reads them.</summary>
    public ServerFiles Issue(ServerWish wish)
    {
        using RSA key = RSA.Create(wish.KeyBits);
        CertificateRequest request = new($"CN={wish.Names[0]}", key, wish.Hash, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        foreach (string name in wish.Names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address)) names.AddIpAddress(address);
            else names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        if (wish.Usage is not null) request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(wish.Usage)], false));
        if (wish.List is not null) request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{PublishedAt}/{wish.List}"]));
        if (wish.Ocsp || wish.NamesIssuer)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(
                wish.Ocsp ? [$"{PublishedAt}/ocsp"] : [], wish.NamesIssuer ? [$"{PublishedAt}/issuing.crt"] : []));
        }

        X509Certificate2 issuer = wish.ByRoot ? _root : _issuing;
        if (wish.NamesIssuersIssuer) request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, false, true));
        byte[] serial = BitConverter.GetBytes(_serial++).Reverse().ToArray();
        if (wish.IsRevoked) _revoked.Add(Convert.ToHexString(serial));
        using X509Certificate2 leaf = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForRSA(issuer.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1), wish.From, wish.Until, serial);
        PublishList();
        StringBuilder chain = new(leaf.ExportCertificatePem() + "\n");
        if (!wish.LeavesIssuerOut && !wish.ByRoot) chain.Append(IssuingPem);
        if (wish.SendsRoot) chain.Append(RootPem);
        return new ServerFiles(chain.ToString(), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>What an HTTP request for a path is answered with; null for 404.</summary>
    public byte[]? Answer(string path, byte[] body)
    {
        lock (_published)
        {
            string name = path.Split('/')[^1];
            return name == "ocsp" ? OcspTestAnswer.Of(body, _issuing, _revoked.Contains) : _published.GetValueOrDefault(name);
        }
    }

    /// <summary>Publishes something else in place of the list, or next to it.</summary>
    public void Publish(string name, byte[] content)
    {
        lock (_published) _published[name] = content;
    }

    /// <summary>A list that ended before now.</summary>
    public byte[] OldList() => ListOf(_issuing, [], DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(-10));

    /// <summary>A list of the right name that another key signed.</summary>
    public byte[] ForgedList()
    {
        using RSA key = RSA.Create(2048);
        return new CertificateRevocationListBuilder().Build(
            _issuing.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), 9, DateTimeOffset.UtcNow.AddDays(9), HashAlgorithmName.SHA256,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(Hash(_issuing)), DateTimeOffset.UtcNow.AddDays(-1));
    }

    public void Dispose()
    {
        _root.Dispose();
        _issuing.Dispose();
    }

    private void PublishList() => Publish("issuing.crl", ListOf(_issuing, _revoked));

    private X509Certificate2 Authority(string name, X509Certificate2? issuer, int? length)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, length is not null, length ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        if (issuer is null) return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-5), DateTimeOffset.UtcNow.AddYears(5));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{PublishedAt}/root.crl"]));
        using X509Certificate2 bare = request.Create(issuer, DateTimeOffset.UtcNow.AddYears(-4), DateTimeOffset.UtcNow.AddYears(4), [1, 2, 3]);
        return bare.CopyWithPrivateKey(key);
    }

    private static byte[] ListOf(X509Certificate2 issuer, IEnumerable<string> serials, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        CertificateRevocationListBuilder list = new();
        foreach (string serial in serials)
        {
            list.AddEntry(Convert.FromHexString(serial), DateTimeOffset.UtcNow.AddDays(-1));
        }

        return list.Build(
            issuer.SubjectName, X509SignatureGenerator.CreateForRSA(issuer.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1), new BigInteger(7),
            until ?? DateTimeOffset.UtcNow.AddDays(20), HashAlgorithmName.SHA256, X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(Hash(issuer)),
            from ?? DateTimeOffset.UtcNow.AddDays(-1));
    }

#pragma warning disable CA5350 // The identifier of a key is its SHA-1.
    private static byte[] Hash(X509Certificate2 certificate) => SHA1.HashData(certificate.PublicKey.EncodedKeyValue.RawData);
#pragma warning restore CA5350
}
