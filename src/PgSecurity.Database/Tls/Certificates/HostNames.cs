using System;
using System.Globalization;
using System.Linq;
using System.Net;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>Whether a certificate is for a name, as libpq and Npgsql judge it (RFC 6125).</summary>
internal static class HostNames
{
    /// <summary>Whether it is.</summary>
    public static bool Matches(Certificate certificate, string name)
    {
        if (IPAddress.TryParse(name, out IPAddress? address)) return certificate.Addresses.Any(address.Equals);

        string wanted = Ascii(name);
        return certificate.DnsNames.Count > 0
            ? certificate.DnsNames.Any(pattern => Matches(pattern, wanted))
            : certificate.Addresses.Count == 0 && CommonName(certificate) is { } common && Matches(common, wanted);
    }

    /// <summary>The names that it is for, its common name where there are no others.</summary>
    public static string[] Of(Certificate certificate)
    {
        string[] names = certificate.DnsNames.Concat(certificate.Addresses.Select(address => address.ToString())).ToArray();
        return names.Length == 0 && CommonName(certificate) is { } common ? new[] { common } : names;
    }

    private static bool Matches(string pattern, string name)
    {
        pattern = pattern.TrimEnd('.');
        if (!pattern.StartsWith("*.", StringComparison.Ordinal)) return string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase);

        // A wildcard stands for one label, and never for what stands right before a top-level domain.
        int dot = name.IndexOf(".", StringComparison.Ordinal);
        string rest = pattern.Substring(2);
        return dot > 0 && rest.IndexOf(".", StringComparison.Ordinal) > 0 && string.Equals(rest, name.Substring(dot + 1), StringComparison.OrdinalIgnoreCase);
    }

    private static string? CommonName(Certificate certificate) =>
        Der.Read(certificate.SubjectName).Sequence()
            .SelectMany(set => set.Items()).Select(pair => pair.Sequence())
            .Where(pair => pair[0].Oid() == "2.5.4.3").Select(pair => pair[1].Text()).LastOrDefault();

    private static string Ascii(string name)
    {
        name = name.TrimEnd('.');
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
