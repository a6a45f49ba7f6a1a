using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>Where the search for a path to a root ended.</summary>
internal enum PathEnd
{
    /// <summary>At a trusted root.</summary>
    TrustedRoot,

    /// <summary>At a root that is not trusted.</summary>
    OtherRoot,

    /// <summary>At a certificate whose issuer is not there.</summary>
    IssuerMissing,
}

/// <summary>The way from a server's certificate to a root, every signature verified.</summary>
internal sealed class CertificatePath
{
    private const int Longest = 10;
    private const int CertificateSigning = 5;

    private CertificatePath(IReadOnlyList<Certificate> certificates, PathEnd end, bool isVerified)
    {
        Certificates = certificates;
        End = end;
        IsVerified = isVerified;
    }

    /// <summary>The certificates, the server's own first; with the root where there is one.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    /// <summary>Where it ended.</summary>
    public PathEnd End { get; }

    /// <summary>Whether this platform could verify every signature and understood every critical extension.</summary>
    public bool IsVerified { get; }

    /// <summary>The last certificate.</summary>
    public Certificate Last => Certificates[Certificates.Count - 1];

    /// <summary>The best path there is: to a trusted root before another root before none, the verified ones first.</summary>
    public static CertificatePath Find(Certificate leaf, IReadOnlyCollection<Certificate> others, IReadOnlyCollection<Certificate> roots)
    {
        List<CertificatePath> found = new();
        Search(new List<Certificate> { leaf }, leaf.UnknownCritical is null, others, roots, found);
        return found.OrderBy(path => path.End).ThenByDescending(path => path.IsVerified).ThenByDescending(path => path.Certificates.Count).First();
    }

    private static void Search(
        List<Certificate> path, bool isVerified, IReadOnlyCollection<Certificate> others, IReadOnlyCollection<Certificate> roots, List<CertificatePath> found)
    {
        Certificate last = path[path.Count - 1];
        if (roots.Any(root => root.Sha256 == last.Sha256))
        {
            found.Add(new CertificatePath(path.ToList(), PathEnd.TrustedRoot, isVerified));
            return;
        }

        if (last.IsSelfIssued && Verify(last, last) == Truth.True)
        {
            found.Add(new CertificatePath(path.ToList(), PathEnd.OtherRoot, isVerified));
            return;
        }

        bool isEnd = true;
        foreach (Certificate issuer in roots.Concat(others).Where(candidate => candidate.SubjectName.SequenceEqual(last.IssuerName)))
        {
            if (path.Count == Longest || path.Any(known => known.Sha256 == issuer.Sha256) || !MayIssue(issuer, path.Count - 1)) continue;
            Truth signature = Verify(last, issuer);
            if (signature == Truth.False) continue;
            isEnd = false;
            path.Add(issuer);
            Search(path, isVerified && signature == Truth.True && issuer.UnknownCritical is null, others, roots, found);
            path.RemoveAt(path.Count - 1);
        }

        if (isEnd) found.Add(new CertificatePath(path.ToList(), PathEnd.IssuerMissing, isVerified));
    }

    private static bool MayIssue(Certificate issuer, int authoritiesBelow) =>
        issuer.IsAuthority && issuer.MaySign(CertificateSigning) && (issuer.PathLength is not { } length || length >= authoritiesBelow);

    private static Truth Verify(Certificate certificate, Certificate issuer) =>
        new SignatureAlgorithm(certificate.Algorithm).Verify(issuer, certificate.Signed, certificate.Signature);
}
