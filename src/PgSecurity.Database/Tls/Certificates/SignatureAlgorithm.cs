using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PgSecurity.Core;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>How something was signed, and whether a key made the signature.</summary>
internal sealed class SignatureAlgorithm
{
    private static readonly Dictionary<string, (string Name, HashAlgorithmName Hash, bool IsElliptic)> Known = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.1.1.4"] = ("md5RSA", HashAlgorithmName.MD5, false),
        ["1.2.840.113549.1.1.5"] = ("sha1RSA", HashAlgorithmName.SHA1, false),
        ["1.2.840.113549.1.1.11"] = ("sha256RSA", HashAlgorithmName.SHA256, false),
        ["1.2.840.113549.1.1.12"] = ("sha384RSA", HashAlgorithmName.SHA384, false),
        ["1.2.840.113549.1.1.13"] = ("sha512RSA", HashAlgorithmName.SHA512, false),
        ["1.2.840.10045.4.1"] = ("sha1ECDSA", HashAlgorithmName.SHA1, true),
        ["1.2.840.10045.4.3.2"] = ("sha256ECDSA", HashAlgorithmName.SHA256, true),
        ["1.2.840.10045.4.3.3"] = ("sha384ECDSA", HashAlgorithmName.SHA384, true),
        ["1.2.840.10045.4.3.4"] = ("sha512ECDSA", HashAlgorithmName.SHA512, true),
    };

    private static readonly Dictionary<string, HashAlgorithmName> Hashes = new(StringComparer.Ordinal)
    {
        ["1.3.14.3.2.26"] = HashAlgorithmName.SHA1,
        ["2.16.840.1.101.3.4.2.1"] = HashAlgorithmName.SHA256,
        ["2.16.840.1.101.3.4.2.2"] = HashAlgorithmName.SHA384,
        ["2.16.840.1.101.3.4.2.3"] = HashAlgorithmName.SHA512,
    };

    private readonly HashAlgorithmName _hash;
    private readonly bool _isElliptic;
    private readonly bool _isPss;
    private readonly bool _isKnown;

    /// <summary>Reads the algorithm from DER.</summary>
    public SignatureAlgorithm(Der identifier)
    {
        IReadOnlyList<Der> parts = identifier.Sequence();
        string oid = parts[0].Oid();
        Name = oid;
        if (Known.TryGetValue(oid, out (string Name, HashAlgorithmName Hash, bool IsElliptic) known))
        {
            (Name, _hash, _isElliptic) = known;
            _isKnown = true;
        }
        else if (oid == "1.2.840.113549.1.1.10" && parts.Count == 2)
        {
            // Without a hash it is SHA-1 (RFC 4055).
            string hash = parts[1].Sequence().Where(part => part.Tag == 0xa0).Select(part => part.Inner().Sequence()[0].Oid()).FirstOrDefault() ?? "1.3.14.3.2.26";
            _isPss = true;
            _isKnown = Hashes.TryGetValue(hash, out _hash);
            Name = $"{_hash.Name}RSA-PSS";
        }
    }

    /// <summary>The name, such as <c>sha256RSA</c>; the object identifier where it is not known.</summary>
    public string Name { get; }

    /// <summary>Whether it is known to be broken: MD5 or SHA-1.</summary>
    public bool IsWeak => _isKnown && (_hash == HashAlgorithmName.MD5 || _hash == HashAlgorithmName.SHA1);

    /// <summary>Whether the holder of a certificate made a signature.</summary>
    /// <returns>Unknown where this platform cannot verify such a signature.</returns>
    public Truth Verify(Certificate signer, byte[] signed, byte[] signature)
    {
        if (!_isKnown) return Truth.Unknown;
        try
        {
            using X509Certificate2 platform = signer.ToPlatform();
            if (_isElliptic)
            {
                using ECDsa? curve = platform.GetECDsaPublicKey();
                return Of(curve is not null && curve.VerifyData(signed, Flat(signature, (curve.KeySize + 7) / 8), _hash));
            }

            using RSA? rsa = platform.GetRSAPublicKey();
            return Of(rsa is not null && rsa.VerifyData(signed, signature, _hash, _isPss ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1));
        }
        catch (FormatException)
        {
            return Truth.False;
        }
        catch (Exception cause) when (cause is CryptographicException or PlatformNotSupportedException or NotSupportedException)
        {
            return Truth.Unknown;
        }
    }

    private static Truth Of(bool value) => value ? Truth.True : Truth.False;

    /// <summary>Two numbers in DER as the platform wants them: one after the other at the width of the key.</summary>
    private static byte[] Flat(byte[] signature, int width)
    {
        byte[] flat = new byte[width * 2];
        IReadOnlyList<Der> numbers = Der.Read(signature).Sequence();
        for (int i = 0; i < 2; i++)
        {
            byte[] number = numbers[i].Content.SkipWhile(value => value == 0).ToArray();
            if (number.Length > width) throw new FormatException("The signature is longer than the key.");
            number.CopyTo(flat, ((i + 1) * width) - number.Length);
        }

        return flat;
    }
}
