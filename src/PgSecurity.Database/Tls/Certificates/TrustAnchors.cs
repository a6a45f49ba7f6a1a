using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>
/// What a server's path must end at: the roots of a file that the caller names; else Azure's roots for a server with a
/// name of Azure; else those of this machine.
/// </summary>
internal sealed class TrustAnchors
{
    private TrustAnchors(string source, IReadOnlyList<Certificate> roots, IReadOnlyList<Certificate> pinned, string? cloud, string? file)
    {
        Source = source;
        Roots = roots;
        Pinned = pinned;
        Cloud = cloud;
        File = file;
    }

    /// <summary>Whose roots they are, in words.</summary>
    public string Source { get; }

    /// <summary>The roots.</summary>
    public IReadOnlyList<Certificate> Roots { get; }

    /// <summary>Certificates of the file that are no roots: an intermediate or a server's own.</summary>
    public IReadOnlyList<Certificate> Pinned { get; }

    /// <summary>The cloud whose roots are meant; null outside Azure.</summary>
    public string? Cloud { get; }

    /// <summary>The file's name; null where the caller named none.</summary>
    public string? File { get; }

    /// <summary>Those of files.</summary>
    /// <exception cref="FormatException">A file holds no certificates, or a broken one.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TrustAnchors OfFiles(IReadOnlyList<string> files, string hostName)
    {
        List<Certificate> all = files.SelectMany(ReadNamed).ToList();
        string names = string.Join(", ", files.Select(Path.GetFileName));
        return new TrustAnchors(
            $"the roots in {names}",
            all.Where(certificate => certificate.IsSelfIssued).ToList(),
            all.Where(certificate => !certificate.IsSelfIssued).ToList(),
            AzureRoots.Known.CloudOf(hostName),
            names);
    }

    /// <summary>Those of Azure for a server of Azure, those of this machine for any other.</summary>
    public static TrustAnchors For(string hostName) =>
        AzureRoots.Known.CloudOf(hostName) is { } cloud
            ? new TrustAnchors(
                $"Azure's roots ({cloud})", AzureRoots.Known.For(cloud).Select(root => root.Certificate).ToList(), Array.Empty<Certificate>(), cloud, null)
            : new TrustAnchors("the roots of this machine", MachineRoots.Read(), Array.Empty<Certificate>(), null, null);

    private static IReadOnlyList<Certificate> ReadNamed(string file)
    {
        try
        {
            return CertificatePem.ReadFile(file);
        }
        catch (FormatException broken)
        {
            throw new FormatException($"{file}: {broken.Message}", broken);
        }
    }
}
