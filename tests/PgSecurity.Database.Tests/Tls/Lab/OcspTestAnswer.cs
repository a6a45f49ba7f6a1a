using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgSecurity.Database.Tests.Tls.Lab;

/// <summary>An OCSP responder in a few lines (RFC 6960), which signs with the issuer's own key.</summary>
internal static class OcspTestAnswer
{
    public static byte[] Of(byte[] request, X509Certificate2 issuer, Func<string, bool> isRevoked)
    {
        AsnReader list = new AsnReader(request, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
        byte[] id = list.ReadSequence().ReadEncodedValue().ToArray();
        AsnReader parts = new AsnReader(id, AsnEncodingRules.DER).ReadSequence();
        parts.ReadSequence();
        parts.ReadOctetString();
        parts.ReadOctetString();
        string serial = Convert.ToHexString(parts.ReadIntegerBytes().Span);

        AsnWriter data = new(AsnEncodingRules.DER);
        using (data.PushSequence())
        {
            using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1))) data.WriteEncodedValue(issuer.SubjectName.RawData);
            data.WriteGeneralizedTime(DateTimeOffset.UtcNow, true);
            using (data.PushSequence())
            using (data.PushSequence())
            {
                data.WriteEncodedValue(id);
                if (isRevoked(serial))
                {
                    using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1))) data.WriteGeneralizedTime(DateTimeOffset.UtcNow.AddDays(-1), true);
                }
                else
                {
                    data.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 0));
                }

                data.WriteGeneralizedTime(DateTimeOffset.UtcNow.AddHours(-1), true);
                using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) data.WriteGeneralizedTime(DateTimeOffset.UtcNow.AddDays(1), true);
            }
        }

        byte[] signed = data.Encode();
        AsnWriter basic = new(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            basic.WriteEncodedValue(signed);
            using (basic.PushSequence())
            {
                basic.WriteObjectIdentifier("1.2.840.113549.1.1.11");
                basic.WriteNull();
            }

            basic.WriteBitString(issuer.GetRSAPrivateKey()!.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }

        AsnWriter answer = new(AsnEncodingRules.DER);
        using (answer.PushSequence())
        {
            answer.WriteEncodedValue([0x0a, 1, 0]);
            using (answer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (answer.PushSequence())
            {
                answer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.1");
                answer.WriteOctetString(basic.Encode());
            }
        }

        return answer.Encode();
    }
}
