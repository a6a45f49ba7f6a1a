using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core;
using PgSecurity.Database.Tls.Certificates;

namespace PgSecurity.Database.Tls.Revocation;

/// <summary>What an OCSP responder says (RFC 6960, section 4.2), believed only where the issuer, or whom it named, signed it.</summary>
internal static class OcspAnswer
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const string Signing = "1.3.6.1.5.5.7.3.9";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Judges an answer.</summary>
    public static RevocationAnswer Judge(byte[] bytes, OcspRequest request, Certificate issuer, DateTimeOffset now)
    {
        try
        {
            IReadOnlyList<Der> outer = Der.Read(bytes).Sequence();
            if (outer[0].Integer() != 0) return Unknown($"the OCSP responder refused (status {outer[0].Integer()})");
            IReadOnlyList<Der> typed = outer[1].Inner().Sequence();
            if (typed[0].Oid() != BasicResponse) return Unknown("the OCSP answer is of a kind that is not understood here");

            IReadOnlyList<Der> basic = Der.Read(typed[1].Content).Sequence();
            return IsSignedFor(basic, issuer, now) ? JudgeData(basic[0], request, now) : Unknown("the OCSP answer is not signed by the issuer or by whom it named");
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException or InvalidOperationException)
        {
            return Unknown("the OCSP answer is broken");
        }
    }

    private static bool IsSignedFor(IReadOnlyList<Der> basic, Certificate issuer, DateTimeOffset now)
    {
        IEnumerable<Certificate> named = basic.Skip(3).Where(part => part.Tag == 0xa0)
            .SelectMany(part => part.Inner().Sequence()).Select(part => Certificate.Read(part.Encoded))
            .Where(signer => signer.IssuerName.SequenceEqual(issuer.SubjectName)
                && signer.Usages?.Contains(Signing) == true
                && signer.IsValidAt(now)
                && new SignatureAlgorithm(signer.Algorithm).Verify(issuer, signer.Signed, signer.Signature) == Truth.True);
        SignatureAlgorithm algorithm = new(basic[1]);
        return new[] { issuer }.Concat(named).Any(signer => algorithm.Verify(signer, basic[0].Encoded, basic[2].Bits()) == Truth.True);
    }

    private static RevocationAnswer JudgeData(Der data, OcspRequest request, DateTimeOffset now)
    {
        Der responses = data.Sequence().Last(part => part.Tag == 0x30);
        foreach (IReadOnlyList<Der> single in responses.Sequence().Select(response => response.Sequence()))
        {
            IReadOnlyList<Der> id = single[0].Sequence();
            if (id[3].Hex() != request.SerialNumber || !id[1].Content.SequenceEqual(request.IssuerNameHash) || !id[2].Content.SequenceEqual(request.IssuerKeyHash)) continue;

            if ((single[1].Tag & 0x1f) == 1) return new RevocationAnswer(Truth.True, $"revoked on {single[1].Items()[0].Time():yyyy-MM-dd}, says OCSP");
            DateTimeOffset from = single[2].Time();
            DateTimeOffset? until = single.Skip(3).Where(part => part.Tag == 0xa0).Select(part => (DateTimeOffset?)part.Inner().Time()).FirstOrDefault();
            if (now + Skew < from || (until is not null && now - Skew > until)) return Unknown("the OCSP answer is out of date");
            return (single[1].Tag & 0x1f) == 0 ? new RevocationAnswer(Truth.False, $"good, says OCSP of {from:yyyy-MM-dd}") : Unknown("the OCSP responder does not know the certificate");
        }

        return Unknown("the OCSP answer says nothing of this certificate");
    }

    private static RevocationAnswer Unknown(string why) => new(Truth.Unknown, why);
}
