using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Database.Tls.Certificates;
using PgSecurity.Database.Tls.Revocation;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>
/// Finds the path of a server's certificate. What the server did not send is looked for where the certificates say, so
/// as to tell an intermediate that is missing from a root that is not trusted.
/// </summary>
internal static class PathSearch
{
    private const int MostDownloads = 4;

    /// <summary>Finds the best path there is.</summary>
    public static async Task<CertificatePath> FindAsync(
        IReadOnlyList<Certificate> sent, TrustAnchors anchors, Downloads? downloads, CancellationToken stop)
    {
        List<Certificate> others = sent.Skip(1).ToList();
        CertificatePath path = CertificatePath.Find(sent[0], others, anchors.Roots);
        if (path.End == PathEnd.TrustedRoot) return path;

        others.AddRange(anchors.Pinned);
        path = CertificatePath.Find(sent[0], others, anchors.Roots);
        for (int i = 0; i < MostDownloads && downloads is not null && path.End == PathEnd.IssuerMissing; i++)
        {
            IReadOnlyList<Certificate> found = await GetIssuersAsync(path.Last, downloads, stop).ConfigureAwait(false);
            if (found.Count == 0) break;
            others.AddRange(found);
            CertificatePath longer = CertificatePath.Find(sent[0], others, anchors.Roots);
            if (longer.End == PathEnd.IssuerMissing && longer.Certificates.Count <= path.Certificates.Count) break;
            path = longer;
        }

        return path;
    }

    private static async Task<IReadOnlyList<Certificate>> GetIssuersAsync(Certificate certificate, Downloads downloads, CancellationToken stop)
    {
        foreach (string url in certificate.IssuerUrls)
        {
            try
            {
                return CertificatePem.Read(await downloads.GetAsync(url, stop).ConfigureAwait(false));
            }
            catch (Exception failure) when (failure is IOException or FormatException)
            {
                // The next address, or none: the path then ends here, which is what the verdict says.
            }
        }

        return Array.Empty<Certificate>();
    }
}
