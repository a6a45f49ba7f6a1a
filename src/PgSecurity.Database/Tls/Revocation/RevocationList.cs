using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PgSecurity.Core;
using PgSecurity.Database.Tls.Certificates;

namespace PgSecurity.Database.Tls.Revocation;

/// <summary>A certificate revocation list (RFC 5280, section 5), judged only where its issuer signed it and it is current.</summary>
internal sealed class RevocationList
{
    private const string IssuingPoint = "2.5.29.28";
    private const string DeltaOf = "2.5.29.27";
    private const int ListSigning = 6;
    private readonly Der _algorithm;
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly byte[] _issuer;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset? _until;
    private readonly Dictionary<string, DateTimeOffset> _revoked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (bool IsCritical, Der Value)> _extensions = new(StringComparer.Ordinal);

    private RevocationList(byte[] bytes)
    {
        IReadOnlyList<Der> parts = Der.Read(bytes).Sequence();
        _signed = parts[0].Encoded;
        _algorithm = parts[1];
        _signature = parts[2].Bits();

        Queue<Der> fields = new(parts[0].Sequence());
        if (fields.Peek().Tag == 0x02) fields.Dequeue();
        fields.Dequeue();
        _issuer = fields.Dequeue().Encoded;
        _from = fields.Dequeue().Time();
        if (fields.Count > 0 && fields.Peek().Tag is 0x17 or 0x18) _until = fields.Dequeue().Time();
        if (fields.Count > 0 && fields.Peek().Tag == 0x30)
        {
            foreach (IReadOnlyList<Der> entry in fields.Dequeue().Items().Select(entry => entry.Sequence()))
            {
                _revoked[entry[0].Hex()] = entry[1].Time();
            }
        }

        foreach (IReadOnlyList<Der> extension in fields.Where(field => field.Tag == 0xa0).SelectMany(field => field.Inner().Sequence()).Select(extension => extension.Sequence()))
        {
            _extensions[extension[0].Oid()] = (extension.Count == 3 && extension[1].Boolean(), Der.Read(extension[extension.Count - 1].Content));
        }
    }

    /// <summary>Reads a list from DER or PEM.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static RevocationList Read(byte[] bytes)
    {
        try
        {
            return new RevocationList(bytes.Length > 0 && bytes[0] == 0x30 ? bytes : FromPem(bytes));
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException)
        {
            throw new FormatException("The revocation list has not the parts that it should have.", broken);
        }
    }

    /// <summary>What the list says of a certificate.</summary>
    public RevocationAnswer Judge(Certificate certificate, Certificate issuer, DateTimeOffset now)
    {
        if (!_issuer.SequenceEqual(issuer.SubjectName)) return Unknown("the revocation list is of another issuer");
        if (!issuer.MaySign(ListSigning)) return Unknown("the issuer may not sign revocation lists");
        if (new SignatureAlgorithm(_algorithm).Verify(issuer, _signed, _signature) != Truth.True) return Unknown("the signature of the revocation list is not its issuer's");
        if (_revoked.TryGetValue(certificate.SerialNumber, out DateTimeOffset when)) return new RevocationAnswer(Truth.True, $"revoked on {when:yyyy-MM-dd}");
        if (now < _from || (_until is { } until && now > until)) return Unknown($"the revocation list is out of date (until {_until:yyyy-MM-dd})");
        if (_extensions.ContainsKey(DeltaOf)) return Unknown("the revocation list holds changes only");
        if (_extensions.TryGetValue(IssuingPoint, out (bool IsCritical, Der Value) point) && !Covers(point.Value, certificate))
        {
            return Unknown("the revocation list does not cover this certificate");
        }

        return _extensions.FirstOrDefault(extension => extension.Value.IsCritical && extension.Key != IssuingPoint).Key is { } strange
            ? Unknown($"the revocation list demands {strange}, which is not understood here")
            : new RevocationAnswer(Truth.False, $"not in the revocation list of {_from:yyyy-MM-dd}");
    }

    /// <summary>Whether a list that is for a part of the certificates is for this one.</summary>
    private static bool Covers(Der point, Certificate certificate)
    {
        foreach (Der part in point.Sequence())
        {
            bool isCovered = part.Tag switch
            {
                0xa0 => part.Items().Where(name => name.Tag == 0xa0).SelectMany(name => name.Items())
                    .Any(name => name.Tag == 0x86 && certificate.RevocationListUrls.Contains(Encoding.ASCII.GetString(name.Content))),
                0x81 => part.Content is [0] || !certificate.IsAuthority,
                0x82 => part.Content is [0] || certificate.IsAuthority,
                _ => part.Content is [0],
            };
            if (!isCovered) return false;
        }

        return true;
    }

    private static RevocationAnswer Unknown(string why) => new(Truth.Unknown, why);

    private static byte[] FromPem(byte[] bytes)
    {
        const string begin = "-----BEGIN X509 CRL-----";
        string text = Encoding.ASCII.GetString(bytes);
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        int to = text.IndexOf("-----END X509 CRL-----", StringComparison.Ordinal);
        if (from < 0 || to < from) throw new FormatException("What was published is no revocation list.");
        return Convert.FromBase64String(text.Substring(from + begin.Length, to - from - begin.Length));
    }
}
