using System;
using System.Collections.Generic;
using System.IO;

namespace PgSecurity.Database.Tls.Trust;

/// <summary>A place where a client finds the certificates that it trusts.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Location">The file; a name for the store.</param>
public sealed record TrustSource(string Kind, string Location)
{
    private const string Variable = "PGSSLROOTCERT";
    private const string SystemStore = "SystemStore";

    /// <summary>Whether it is the store of the machine and the user.</summary>
    public bool IsStore => Kind == SystemStore;

    /// <summary>A file that is named.</summary>
    public static TrustSource File(string path) => new("File", path);

    /// <summary>
    /// The places that this machine's clients look at: the system's store (.NET, and libpq with <c>sslrootcert=system</c>), the
    /// file that <c>PGSSLROOTCERT</c> names, and <c>root.crt</c> in the user's folder, where libpq and Npgsql look by themselves.
    /// The last two only where they are there.
    /// </summary>
    /// <param name="environment">Gives the value of an environment variable.</param>
    /// <param name="isWindows">Whether the user's folder is that of Windows.</param>
    public static IReadOnlyList<TrustSource> OfMachine(Func<string, string?> environment, bool isWindows)
    {
        List<TrustSource> sources = new() { new TrustSource(SystemStore, "trusted roots of machine and user") };
        string? named = environment(Variable);
        if (string.Equals(named, "system", StringComparison.Ordinal)) named = null;
        if (!string.IsNullOrEmpty(named)) sources.Add(new TrustSource(Variable, named!));

        string? folder = isWindows ? environment("APPDATA") : environment("HOME");
        if (string.IsNullOrEmpty(folder)) return sources;
        string file = Path.Combine(folder, isWindows ? "postgresql" : ".postgresql", "root.crt");
        if (System.IO.File.Exists(file)) sources.Add(new TrustSource("UserFile", file));
        return sources;
    }
}
