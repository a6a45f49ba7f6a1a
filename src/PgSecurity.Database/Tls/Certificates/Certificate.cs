using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PgSecurity.Core;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>
/// A certificate, read by us (RFC 5280) and judged by us: what this machine trusts, and what its certificate library
/// makes of a chain, has no say.
/// </summary>
internal sealed class Certificate
{
    private const string AlternativeNames = "2.5.29.17";
    private const string BasicConstraints = "2.5.29.19";
    private const string KeyUsage = "2.5.29.15";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string RevocationLists = "2.5.29.31";
    private const string AuthorityKey = "2.5.29.35";
    private const string AuthorityInformation = "1.3.6.1.5.5.7.1.1";
    private const string Ocsp = "1.3.6.1.5.5.7.48.1";
    private const string Issuers = "1.3.6.1.5.5.7.48.2";
    private static readonly string[] Understood =
    {
        AlternativeNames, BasicConstraints, KeyUsage, ExtendedKeyUsage, RevocationLists, AuthorityInformation,
        "2.5.29.14", "2.5.29.32", AuthorityKey, "2.5.29.18",
    };

    private readonly Dictionary<string, Der> _extensions = new(StringComparer.Ordinal);

    private Certificate(byte[] bytes)
    {
        Bytes = bytes;
        IReadOnlyList<Der> parts = Der.Read(bytes).Sequence();
        Signed = parts[0].Encoded;
        Algorithm = parts[1];
        Signature = parts[2].Bits();

        List<Der> fields = parts[0].Sequence().ToList();
        if (fields[0].Tag == 0xa0) fields.RemoveAt(0);
        SerialNumber = fields[0].Hex();
        IssuerName = fields[2].Encoded;
        IReadOnlyList<Der> validity = fields[3].Sequence();
        NotBefore = validity[0].Time();
        NotAfter = validity[1].Time();
        SubjectName = fields[4].Encoded;
        PublicKeyInfo = fields[5].Encoded;
        KeyBits = fields[5].Sequence()[1].Bits();
        foreach (Der extension in fields.Skip(6).Where(field => field.Tag == 0xa3).SelectMany(field => field.Inner().Sequence()))
        {
            IReadOnlyList<Der> members = extension.Sequence();
            string oid = members[0].Oid();
            _extensions[oid] = Der.Read(members[members.Count - 1].Content);
            if (members.Count == 3 && members[1].Boolean() && !Understood.Contains(oid)) UnknownCritical = oid;
        }

        Sha256 = HashOf(bytes);
        ReadExtensions();
    }

    /// <summary>The certificate in DER.</summary>
    public byte[] Bytes { get; }

    /// <summary>The part that is signed.</summary>
    public byte[] Signed { get; }

    /// <summary>How it was signed.</summary>
    public Der Algorithm { get; }

    /// <summary>The signature.</summary>
    public byte[] Signature { get; }

    /// <summary>The serial number in hexadecimal digits, without leading zeros.</summary>
    public string SerialNumber { get; }

    /// <summary>The issuer's name in DER.</summary>
    public byte[] IssuerName { get; }

    /// <summary>The subject's name in DER.</summary>
    public byte[] SubjectName { get; }

    /// <summary>From when it may be used.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Until when it may be used.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>The public key with its algorithm, in DER.</summary>
    public byte[] PublicKeyInfo { get; }

    /// <summary>The public key's bits alone, as OCSP hashes them.</summary>
    public byte[] KeyBits { get; }

    /// <summary>The SHA-256 in hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>The DNS names that it is for.</summary>
    public IReadOnlyList<string> DnsNames { get; private set; } = Array.Empty<string>();

    /// <summary>The addresses that it is for.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; private set; } = Array.Empty<IPAddress>();

    /// <summary>Whether it may issue certificates.</summary>
    public bool IsAuthority { get; private set; }

    /// <summary>How many authorities may stand between it and the end of the path; null for any number.</summary>
    public int? PathLength { get; private set; }

    /// <summary>Where its revocation list is.</summary>
    public IReadOnlyList<string> RevocationListUrls { get; private set; } = Array.Empty<string>();

    /// <summary>Where OCSP answers for it.</summary>
    public IReadOnlyList<string> OcspUrls { get; private set; } = Array.Empty<string>();

    /// <summary>Where its issuer's certificate is.</summary>
    public IReadOnlyList<string> IssuerUrls { get; private set; } = Array.Empty<string>();

    /// <summary>
    /// The name of its issuer's own issuer in DER, where the authority key identifier bears it (RFC 5280, 4.2.1.1); null where it
    /// does not.
    /// </summary>
    public byte[]? IssuerOfIssuer { get; private set; }

    /// <summary>Whether its issuer is a root by its own words; unknown where it does not say.</summary>
    public Truth IsIssuedByRoot => IssuerOfIssuer is null ? Truth.Unknown : IssuerOfIssuer.SequenceEqual(IssuerName) ? Truth.True : Truth.False;

    /// <summary>The extended key usages; null where it is for anything.</summary>
    public IReadOnlyList<string>? Usages { get; private set; }

    /// <summary>A critical extension that is not understood here; what it demands cannot be judged.</summary>
    public string? UnknownCritical { get; private set; }

    /// <summary>Whether issuer and subject have one name.</summary>
    public bool IsSelfIssued => IssuerName.SequenceEqual(SubjectName);

    /// <summary>The subject as text.</summary>
    public string Subject => new X500DistinguishedName(SubjectName).Name;

    /// <summary>The issuer as text.</summary>
    public string Issuer => new X500DistinguishedName(IssuerName).Name;

    /// <summary>Reads a certificate from DER.</summary>
    /// <exception cref="FormatException">It is not a certificate.</exception>
    public static Certificate Read(byte[] der)
    {
        try
        {
            return new Certificate(der);
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException)
        {
            throw new FormatException("The certificate has not the parts that it should have.", broken);
        }
    }

    /// <summary>Whether it may be used at a time.</summary>
    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    /// <summary>Whether its key may sign certificates or lists: the bit of the key usage, counted from the left.</summary>
    public bool MaySign(int bit)
    {
        if (!_extensions.TryGetValue(KeyUsage, out Der usage)) return true;
        byte[] bits = usage.Bits();
        return bits.Length > 0 && (bits[0] & (0x80 >> bit)) != 0;
    }

    /// <summary>The certificate in the platform's own type, for its public key.</summary>
    public X509Certificate2 ToPlatform() => new(Bytes);

    private void ReadExtensions()
    {
        if (_extensions.TryGetValue(AlternativeNames, out Der names))
        {
            DnsNames = names.Items().Where(name => name.Tag == 0x82).Select(name => Encoding.ASCII.GetString(name.Content)).ToList();
            Addresses = names.Items().Where(name => name.Tag == 0x87 && name.Content.Length is 4 or 16).Select(name => new IPAddress(name.Content)).ToList();
        }

        if (_extensions.TryGetValue(BasicConstraints, out Der constraints))
        {
            IReadOnlyList<Der> members = constraints.Sequence();
            IsAuthority = members.Count > 0 && members[0].Boolean();
            if (members.Count > 1) PathLength = members[1].Integer();
        }

        if (_extensions.TryGetValue(AuthorityKey, out Der authority))
        {
            IssuerOfIssuer = authority.Sequence().Where(part => part.Tag == 0xa1).SelectMany(part => part.Items())
                .Where(name => name.Tag == 0xa4).Select(name => name.Inner().Encoded).FirstOrDefault();
        }

        if (_extensions.TryGetValue(ExtendedKeyUsage, out Der usages)) Usages = usages.Sequence().Select(usage => usage.Oid()).ToList();
        if (_extensions.TryGetValue(RevocationLists, out Der points)) RevocationListUrls = points.Sequence().SelectMany(UrlsOfPoint).ToList();
        if (!_extensions.TryGetValue(AuthorityInformation, out Der access)) return;
        OcspUrls = AccessUrls(access, Ocsp);
        IssuerUrls = AccessUrls(access, Issuers);
    }

    private static IReadOnlyList<string> AccessUrls(Der access, string method) =>
        access.Sequence().Select(entry => entry.Sequence())
            .Where(entry => entry.Count == 2 && entry[0].Oid() == method && entry[1].Tag == 0x86)
            .Select(entry => Encoding.ASCII.GetString(entry[1].Content)).ToList();

    private static IEnumerable<string> UrlsOfPoint(Der point) =>
        point.Sequence().Where(part => part.Tag == 0xa0).SelectMany(part => part.Items())
            .Where(name => name.Tag == 0xa0).SelectMany(name => name.Items())
            .Where(name => name.Tag == 0x86).Select(name => Encoding.ASCII.GetString(name.Content));

    private static string HashOf(byte[] bytes)
    {
        using SHA256 hash = SHA256.Create();
        return HexText.Of(hash.ComputeHash(bytes));
    }
}
