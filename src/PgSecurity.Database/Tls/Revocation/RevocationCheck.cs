using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core;
using PgSecurity.Database.Tls.Certificates;

namespace PgSecurity.Database.Tls.Revocation;

/// <summary>Asks whether certificates were revoked: by OCSP where they name a responder, else by their list.</summary>
internal sealed class RevocationCheck
{
    private readonly Downloads _downloads;
    private readonly DateTimeOffset _now;

    public RevocationCheck(Downloads downloads, DateTimeOffset now)
    {
        _downloads = downloads;
        _now = now;
    }

    /// <summary>What is known of one certificate.</summary>
    public async Task<RevocationAnswer> AskAsync(Certificate certificate, Certificate issuer, CancellationToken stop)
    {
        List<string> reasons = new();
        OcspRequest request = new(certificate, issuer);
        foreach (string url in certificate.OcspUrls)
        {
            RevocationAnswer answer = await TryAsync(
                async () => OcspAnswer.Judge(await _downloads.AskAsync(url, request.Bytes, stop).ConfigureAwait(false), request, issuer, _now)).ConfigureAwait(false);
            if (answer.IsRevoked != Truth.Unknown) return answer;
            reasons.Add(answer.Detail);
        }

        foreach (string url in certificate.RevocationListUrls)
        {
            RevocationAnswer answer = await TryAsync(
                async () => RevocationList.Read(await _downloads.GetAsync(url, stop).ConfigureAwait(false)).Judge(certificate, issuer, _now)).ConfigureAwait(false);
            if (answer.IsRevoked != Truth.Unknown) return answer;
            reasons.Add(answer.Detail);
        }

        return new RevocationAnswer(
            Truth.Unknown, reasons.Count == 0 ? "it names no place where revocations are published" : string.Join("; ", reasons.Distinct()));
    }

    private static async Task<RevocationAnswer> TryAsync(Func<Task<RevocationAnswer>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or FormatException)
        {
            return new RevocationAnswer(Truth.Unknown, failure.Message.TrimEnd('.'));
        }
    }
}
