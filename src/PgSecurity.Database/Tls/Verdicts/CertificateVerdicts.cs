using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgSecurity.Core;
using PgSecurity.Database.Tls.Certificates;
using PgSecurity.Database.Tls.Revocation;

namespace PgSecurity.Database.Tls.Verdicts;

/// <summary>The verdicts on a server's certificate and its path.</summary>
internal sealed class CertificateVerdicts
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string AnyUse = "2.5.29.37.0";
    private readonly IReadOnlyList<Certificate> _sent;
    private readonly CertificatePath _path;
    private readonly TrustAnchors _anchors;
    private readonly DateTimeOffset _now;

    public CertificateVerdicts(IReadOnlyList<Certificate> sent, CertificatePath path, TrustAnchors anchors, DateTimeOffset now)
    {
        _sent = sent;
        _path = path;
        _anchors = anchors;
        _now = now;
    }

    private Certificate Leaf => _sent[0];

    /// <summary>Those that need nothing but the certificates.</summary>
    public IEnumerable<TlsCheck> Of(string expectedName)
    {
        yield return HostName(expectedName);
        yield return Validity();
        yield return ChainComplete();
        yield return TrustedRoot();
        yield return RootCurrent();
        yield return KeyStrength();
        yield return TrustFile();
    }

    /// <summary>The verdict on revocation, from what was answered for each certificate of the path but a root.</summary>
    public static TlsCheck Revocation(IReadOnlyList<(Certificate Certificate, RevocationAnswer Answer)> answers)
    {
        TlsCheck Is(TlsOutcome outcome, IEnumerable<(Certificate Certificate, RevocationAnswer Answer)> about) =>
            new(TlsCheckNames.Revocation, Severity.High, outcome, string.Join("; ", about.Select(item => $"{Name(item.Certificate)}: {item.Answer.Detail}")));
        foreach (Truth truth in new[] { Truth.True, Truth.Unknown })
        {
            List<(Certificate, RevocationAnswer)> found = answers.Where(item => item.Answer.IsRevoked == truth).ToList();
            if (found.Count > 0) return Is(truth == Truth.True ? TlsOutcome.Fail : TlsOutcome.Unknown, found);
        }

        return answers.Count == 0
            ? new TlsCheck(TlsCheckNames.Revocation, Severity.High, TlsOutcome.NotApplicable, "the path is a root alone, which nobody can revoke")
            : Is(TlsOutcome.Pass, answers);
    }

    private TlsCheck HostName(string expected) =>
        HostNames.Matches(Leaf, expected)
            ? new TlsCheck(TlsCheckNames.HostName, Severity.High, TlsOutcome.Pass, $"for {expected}")
            : new TlsCheck(TlsCheckNames.HostName, Severity.High, TlsOutcome.Fail, $"not for {expected}, but for {Join(HostNames.Of(Leaf))}");

    private TlsCheck Validity()
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.Validity, Severity.High, outcome, observed);
        foreach (Certificate certificate in _path.Certificates)
        {
            if (certificate.NotAfter < _now) return Is(TlsOutcome.Fail, $"{Name(certificate)} expired on {certificate.NotAfter:yyyy-MM-dd}");
            if (certificate.NotBefore > _now) return Is(TlsOutcome.Fail, $"{Name(certificate)} is valid from {certificate.NotBefore:yyyy-MM-dd} on only");
        }

        if (Leaf.Usages is { } usages && !usages.Contains(ServerUse) && !usages.Contains(AnyUse)) return Is(TlsOutcome.Fail, "the certificate is not for servers");
        DateTimeOffset first = _path.Certificates.Min(certificate => certificate.NotAfter);
        return Is(TlsOutcome.Pass, FormattableString.Invariant($"valid until {first:yyyy-MM-dd}, {(int)(first - _now).TotalDays} days"));
    }

    private TlsCheck ChainComplete()
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.ChainComplete, Severity.Medium, outcome, observed);
        if (_path.Certificates.FirstOrDefault(certificate => !certificate.IsSelfIssued && !IsSent(certificate)) is { } missing)
        {
            return Is(TlsOutcome.Fail, $"the server does not send {Name(missing)}, without which clients find no way to the root");
        }

        if (_path.End != PathEnd.IssuerMissing || IsIssuerRoot == Truth.True) return Is(TlsOutcome.Pass, "every certificate below the root is sent");
        if (IsIssuerRoot == Truth.False)
        {
            return Is(TlsOutcome.Fail, $"the server does not send {NameOfIssuer(_path.Last)}, an intermediate by {NameOf(_path.Last.IssuerOfIssuer!)}, without which clients find no way to the root");
        }

        return Is(TlsOutcome.Unknown, OpenEnd);
    }

    private TlsCheck TrustedRoot()
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.TrustedRoot, Severity.High, outcome, observed);
        return _path.End switch
        {
            PathEnd.TrustedRoot when _path.IsVerified => Is(TlsOutcome.Pass, $"{Name(_path.Last)}, one of {_anchors.Source}"),
            PathEnd.TrustedRoot => Is(TlsOutcome.Unknown, "a signature or an extension of the path cannot be judged here"),
            PathEnd.OtherRoot when _path.Certificates.Count == 1 => Is(TlsOutcome.Fail, "the certificate is signed by itself alone"),
            PathEnd.OtherRoot => Is(TlsOutcome.Fail, $"{Name(_path.Last)} is not one of {_anchors.Source}"),
            _ when BearsNameOfRoot => Is(TlsOutcome.Fail, $"the issuer calls itself {NameOfIssuer(_path.Last)} as one of {_anchors.Source} does, and is another"),
            _ when IsIssuerRoot == Truth.False => Is(TlsOutcome.Unknown, $"{NameOfIssuer(_path.Last)}, an intermediate, was not sent: whether it leads to one of {_anchors.Source} cannot be told"),
            _ when IsIssuerRoot == Truth.True => Is(TlsOutcome.Fail, $"{NameOfIssuer(_path.Last)}, a root, is not one of {_anchors.Source}"),
            _ => Is(TlsOutcome.Fail, $"no way leads to one of {_anchors.Source}: {OpenEnd}"),
        };
    }

    private TlsCheck RootCurrent()
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.RootCurrent, Severity.Medium, outcome, observed);
        if (_anchors.Cloud is not { } cloud) return Is(TlsOutcome.NotApplicable, "the server has no name of Azure");
        if (_path.End == PathEnd.IssuerMissing) return Is(TlsOutcome.Unknown, "the path does not reach a root");
        return (AzureRoots.Known.Find(_path.Last)?.UseIn(cloud) ?? RootUse.Unknown) switch
        {
            RootUse.Now or RootUse.Next or RootUse.Recommended => Is(TlsOutcome.Pass, $"{Name(_path.Last)} is in use ({AzureRoots.Known.AsOf})"),
            RootUse.Leaving => Is(TlsOutcome.Fail, $"{Name(_path.Last)} is being left by the service ({AzureRoots.Known.AsOf})"),
            _ => Is(TlsOutcome.Fail, $"{Name(_path.Last)} is not a root of Azure ({AzureRoots.Known.AsOf})"),
        };
    }

    private TlsCheck KeyStrength()
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.KeyStrength, Severity.Medium, outcome, observed);
        foreach (Certificate certificate in _path.Certificates)
        {
            (string kind, int bits) = KeyOf(certificate);
            if (bits == 0) return Is(TlsOutcome.Unknown, $"the key of {Name(certificate)} is of a kind that is not known here");
            if (kind == "RSA" ? bits < 2048 : bits < 256) return Is(TlsOutcome.Fail, $"the key of {Name(certificate)} has {bits} bits ({kind})");

            // What a root says of itself proves nothing, so its signature does not matter.
            SignatureAlgorithm algorithm = new(certificate.Algorithm);
            if (!certificate.IsSelfIssued && algorithm.IsWeak) return Is(TlsOutcome.Fail, $"{Name(certificate)} is signed with {algorithm.Name}");
        }

        return Is(TlsOutcome.Pass, $"{KeyText(Leaf)}, {new SignatureAlgorithm(Leaf.Algorithm).Name}");
    }

    private TlsCheck TrustFile()
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.TrustFile, Severity.Medium, outcome, observed);
        if (_anchors.File is not { } file) return Is(TlsOutcome.NotApplicable, "no file of roots was named");
        if (_anchors.Pinned.Count == 0) return Is(TlsOutcome.Pass, $"{file} holds roots only");
        return Is(TlsOutcome.Fail, $"{file} holds {Name(_anchors.Pinned[0])}, which is no root: it is replaced without notice");
    }

    /// <summary>A certificate as it is shown.</summary>
    public TlsCertificate Show(Certificate certificate) => new()
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        SerialNumber = certificate.SerialNumber,
        NotBefore = certificate.NotBefore,
        NotAfter = certificate.NotAfter,
        Names = ReadableList<string>.Of(HostNames.Of(certificate)),
        Key = KeyText(certificate),
        SignatureAlgorithm = new SignatureAlgorithm(certificate.Algorithm).Name,
        Sha256 = certificate.Sha256,
        IsSent = IsSent(certificate),
    };

    /// <summary>Whether a trusted root has the name of the issuer at the end of the path, and another key than the one that signed.</summary>
    private bool BearsNameOfRoot => _anchors.Roots.Any(root => root.SubjectName.SequenceEqual(_path.Last.IssuerName));

    /// <summary>Whether the issuer that is missing at the end of the path is a root: its name is one's, or the last certificate says so.</summary>
    private Truth IsIssuerRoot => BearsNameOfRoot ? Truth.True : _path.Last.IsIssuedByRoot;

    /// <summary>
    /// What there is to say of a chain whose end tells nothing of its issuer but the name. A root may be left out by a server (RFC
    /// 8446, 4.4.2) and an intermediate may not, but a certificate need not say by which of them it was issued: of what RFC 5280 has,
    /// only the issuer in the authority key identifier (4.2.1.1) and the certificate at an address (4.2.2.1) do.
    /// </summary>
    private string OpenEnd
    {
        get
        {
            string address = _path.Last.IssuerUrls.Count > 0 ? $" (it is said to be at {_path.Last.IssuerUrls[0]}, from where it was not had)" : "";
            return $"the chain ends at {Name(_path.Last)}, whose issuer {NameOfIssuer(_path.Last)} was not sent{address}: a missing intermediate or an unknown root, which cannot be told apart";
        }
    }

    private bool IsSent(Certificate certificate) => _sent.Any(sent => sent.Sha256 == certificate.Sha256);

    private static string Name(Certificate certificate) => $"'{certificate.Subject}'";

    private static string NameOfIssuer(Certificate certificate) => $"'{certificate.Issuer}'";

    private static string NameOf(byte[] name) => $"'{new X500DistinguishedName(name).Name}'";

    private static string KeyText(Certificate certificate) =>
        KeyOf(certificate) is (string kind, int bits) && bits > 0 ? FormattableString.Invariant($"{kind} {bits}") : "unknown";

    private static (string Kind, int Bits) KeyOf(Certificate certificate)
    {
        try
        {
            using X509Certificate2 platform = certificate.ToPlatform();
            using RSA? rsa = platform.GetRSAPublicKey();
            if (rsa is not null) return ("RSA", rsa.KeySize);
            using ECDsa? curve = platform.GetECDsaPublicKey();
            return curve is null ? ("", 0) : ("ECDSA", curve.KeySize);
        }
        catch (CryptographicException)
        {
            return ("", 0);
        }
    }

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
