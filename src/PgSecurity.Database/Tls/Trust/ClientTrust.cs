using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using PgSecurity.Database.Tls.Certificates;

namespace PgSecurity.Database.Tls.Trust;

/// <summary>Whether clients that use a source of trusted certificates reach Azure's servers, today and after the next change.</summary>
public static class ClientTrust
{
    /// <summary>The clouds that are known.</summary>
    public static IReadOnlyList<string> Clouds => AzureRoots.Known.Clouds;

    /// <summary>Judges a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cloud">One of <see cref="Clouds"/>.</param>
    /// <param name="now">The time that periods of use are judged at.</param>
    public static ClientTrustReport Judge(TrustSource source, string cloud, DateTimeOffset now)
    {
        try
        {
            IReadOnlyList<Certificate> trusted = source.IsStore ? MachineRoots.Read() : CertificatePem.ReadFile(source.Location);
            return Report(source, cloud, trusted.Count, Of(source, cloud, trusted, now));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException or CryptographicException)
        {
            // A file that is named and is not there stops every client that looks at it.
            TlsOutcome outcome = cause is FileNotFoundException or DirectoryNotFoundException or FormatException ? TlsOutcome.Fail : TlsOutcome.Unknown;
            string why = cause is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : cause.Message.TrimEnd('.');
            return Report(source, cloud, 0, new[] { new TlsCheck(ClientTrustCheckNames.Readable, Severity.High, outcome, why) });
        }
    }

    private static ClientTrustReport Report(TrustSource source, string cloud, int count, IEnumerable<TlsCheck> checks) => new()
    {
        Source = source.Kind,
        Location = source.Location,
        Cloud = cloud,
        CertificateCount = count,
        Checks = ReadableList<TlsCheck>.Of(checks),
    };

    private static IEnumerable<TlsCheck> Of(TrustSource source, string cloud, IReadOnlyList<Certificate> trusted, DateTimeOffset now)
    {
        yield return new TlsCheck(ClientTrustCheckNames.Readable, Severity.High, TlsOutcome.Pass, $"{trusted.Count} certificates");
        yield return Roots(ClientTrustCheckNames.RootsNow, Severity.High, RootUse.Now, cloud, trusted);
        yield return Roots(ClientTrustCheckNames.RootsNext, Severity.Medium, RootUse.Next, cloud, trusted);
        yield return Pinning(source, trusted);
        yield return Expired(source, trusted, now);
        yield return Leaving(source, cloud, trusted);
    }

    private static TlsCheck Roots(string name, Severity severity, RootUse use, string cloud, IReadOnlyList<Certificate> trusted)
    {
        List<AzureRoot> wanted = AzureRoots.Known.All.Where(root => root.UseIn(cloud) == use).ToList();
        string asOf = AzureRoots.Known.AsOf;
        if (wanted.Count == 0) return new TlsCheck(name, severity, TlsOutcome.NotApplicable, $"no change of roots is announced for {cloud} ({asOf})");
        string[] missing = wanted.Where(root => trusted.All(known => known.Sha256 != root.Certificate.Sha256))
            .Select(root => $"'{root.Name}' (SHA-256 {root.Certificate.Sha256})").ToArray();
        return missing.Length == 0
            ? new TlsCheck(name, severity, TlsOutcome.Pass, $"trusts {string.Join(", ", wanted.Select(root => $"'{root.Name}'"))} ({asOf})")
            : new TlsCheck(name, severity, TlsOutcome.Fail, $"does not trust {string.Join(", ", missing)} ({asOf})");
    }

    private static TlsCheck Pinning(TrustSource source, IReadOnlyList<Certificate> trusted)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(ClientTrustCheckNames.NoPinning, Severity.Medium, outcome, observed);
        if (source.IsStore) return Is(TlsOutcome.NotApplicable, "the store keeps roots apart from other certificates");
        Certificate[] pinned = trusted.Where(certificate => !certificate.IsSelfIssued || !certificate.IsAuthority).ToArray();
        return pinned.Length == 0
            ? Is(TlsOutcome.Pass, "roots only")
            : Is(TlsOutcome.Fail, $"{(pinned[0].IsAuthority ? "the intermediate" : "the server's certificate")} '{pinned[0].Subject}' is pinned: it is replaced without notice");
    }

    private static TlsCheck Expired(TrustSource source, IReadOnlyList<Certificate> trusted, DateTimeOffset now)
    {
        // A store of hundreds always holds some that are over; in a file of one's own it is a sign that nobody looks after it.
        Severity severity = source.IsStore ? Severity.Informational : Severity.Low;
        Certificate[] over = trusted.Where(certificate => !certificate.IsValidAt(now)).ToArray();
        return over.Length == 0
            ? new TlsCheck(ClientTrustCheckNames.NoneExpired, severity, TlsOutcome.Pass, "all are in their period of use")
            : new TlsCheck(ClientTrustCheckNames.NoneExpired, severity, TlsOutcome.Fail, FormattableString.Invariant($"{over.Length} out of their period of use, '{over[0].Subject}' ({over[0].NotAfter:yyyy-MM-dd}) among them"));
    }

    private static TlsCheck Leaving(TrustSource source, string cloud, IReadOnlyList<Certificate> trusted)
    {
        string[] leaving = trusted.Select(AzureRoots.Known.Find).Where(root => root?.UseIn(cloud) == RootUse.Leaving).Select(root => $"'{root!.Name}'").ToArray();
        return leaving.Length == 0
            ? new TlsCheck(ClientTrustCheckNames.NoneLeaving, Severity.Informational, TlsOutcome.Pass, "none that the service leaves")
            : new TlsCheck(ClientTrustCheckNames.NoneLeaving, Severity.Informational, TlsOutcome.Fail, $"{string.Join(", ", leaving)}, which the service leaves; keep it until no server needs it{(source.IsStore ? "" : ", and have those of now beside it")}");
    }
}
