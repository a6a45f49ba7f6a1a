using System.IO;
using System.Linq;

namespace PgSecurity.Database.Sql;

/// <summary>
/// The roots that a connection trusts, always named: where none is, the driver silently takes <c>PGSSLROOTCERT</c> or
/// <c>~/.postgresql/root.crt</c>.
/// </summary>
internal static class TrustedRoots
{
    private static readonly string[] SystemBundles =
    {
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    };

    /// <summary>The file to trust; null on a system that keeps its roots in no file (Windows), whose own store decides.</summary>
    public static string? FileFor(DatabaseTarget target) => target.RootCertificates ?? SystemBundles.FirstOrDefault(File.Exists);
}
