using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using PgSecurity.Database.Tls.Certificates;

namespace PgSecurity.Database.Tls.Revocation;

/// <summary>The question whether one certificate was revoked (RFC 6960, section 4.1).</summary>
internal sealed class OcspRequest
{
    private static readonly byte[] Sha1 = { 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00 };

    /// <summary>Makes the question.</summary>
    public OcspRequest(Certificate certificate, Certificate issuer)
    {
        SerialNumber = certificate.SerialNumber;
        IssuerNameHash = HashOf(issuer.SubjectName);
        IssuerKeyHash = HashOf(issuer.KeyBits);
        byte[] id = Wrap(0x30, Sha1, Wrap(0x04, IssuerNameHash), Wrap(0x04, IssuerKeyHash), SerialOf(certificate));
        Bytes = Wrap(0x30, Wrap(0x30, Wrap(0x30, Wrap(0x30, id))));
    }

    /// <summary>The certificate's serial number in hexadecimal digits.</summary>
    public string SerialNumber { get; }

    /// <summary>The SHA-1 of the issuer's name; it names, it does not protect.</summary>
    public byte[] IssuerNameHash { get; }

    /// <summary>The SHA-1 of the issuer's key.</summary>
    public byte[] IssuerKeyHash { get; }

    /// <summary>The question in DER.</summary>
    public byte[] Bytes { get; }

    private static byte[] SerialOf(Certificate certificate)
    {
        IReadOnlyList<Der> fields = Der.Read(certificate.Signed).Sequence();
        return fields[fields[0].Tag == 0xa0 ? 1 : 0].Encoded;
    }

    private static byte[] HashOf(byte[] bytes)
    {
#pragma warning disable CA5350 // The protocol names issuers by SHA-1; nothing rests on its strength.
        using SHA1 hash = SHA1.Create();
#pragma warning restore CA5350
        return hash.ComputeHash(bytes);
    }

    private static byte[] Wrap(byte tag, params byte[][] parts)
    {
        byte[] content = parts.SelectMany(part => part).ToArray();
        byte[] length = content.Length < 128
            ? new[] { (byte)content.Length }
            : new byte[] { 0x82, (byte)(content.Length >> 8), (byte)content.Length };
        return new[] { tag }.Concat(length).Concat(content).ToArray();
    }
}
