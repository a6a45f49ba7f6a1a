using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>Certificates in a file: PEM blocks one after another, as libpq and Npgsql read them, or one in DER.</summary>
internal static class CertificatePem
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string End = "-----END CERTIFICATE-----";

    /// <summary>The certificates of a file.</summary>
    /// <exception cref="FormatException">A block is not a certificate, or there is none.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Certificate> ReadFile(string path) => Read(File.ReadAllBytes(path));

    /// <summary>The certificates in some bytes.</summary>
    /// <exception cref="FormatException">A block is not a certificate, or there is none.</exception>
    public static IReadOnlyList<Certificate> Read(byte[] bytes)
    {
        if (bytes.Length > 0 && bytes[0] == 0x30) return new[] { Certificate.Read(bytes) };

        string text = Encoding.UTF8.GetString(bytes);
        List<Certificate> certificates = new();
        int at = 0;
        while ((at = text.IndexOf(Begin, at, StringComparison.Ordinal)) >= 0)
        {
            int from = at + Begin.Length;
            int to = text.IndexOf(End, from, StringComparison.Ordinal);
            if (to < 0) throw new FormatException($"Certificate {certificates.Count + 1} has no end.");
            certificates.Add(ReadBlock(text.Substring(from, to - from), certificates.Count + 1));
            at = to;
        }

        return certificates.Count > 0 ? certificates : throw new FormatException("There is no certificate in it.");
    }

    private static Certificate ReadBlock(string base64, int number)
    {
        try
        {
            return Certificate.Read(Convert.FromBase64String(base64));
        }
        catch (FormatException broken)
        {
            throw new FormatException($"Certificate {number} is broken: {broken.Message}", broken);
        }
    }
}
